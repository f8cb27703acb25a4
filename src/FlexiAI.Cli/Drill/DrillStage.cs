using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Cli;

/// <summary>Where a drill plays: a primary and a backup on loopback sockets, and the client between them and the requests.</summary>
internal sealed class DrillStage : IAsyncDisposable
{
    private DrillStage(DrillPlan plan, SimulatedProvider primary, SimulatedProvider backup)
    {
        (Plan, Primary, Backup) = (plan, primary, backup);
        Client = CreateClient();
    }

    public DrillPlan Plan { get; }

    public SimulatedProvider Primary { get; }

    public SimulatedProvider Backup { get; }

    public FlexiClient Client { get; }

    /// <summary>Requests that reached the primary's socket since the stage was ready.</summary>
    public int PrimaryRequests => Primary.Requests.Count - 1;

    public static async Task<DrillStage> StartAsync(DrillPlan plan, CancellationToken cancelled)
    {
        var primary = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: cancelled).ConfigureAwait(false);
        var backup = await SimulatedProvider.StartAsync(SimulatedWire.Anthropic, cancellationToken: cancelled).ConfigureAwait(false);
        var stage = new DrillStage(plan, primary, backup);
        try
        {
            await stage.WarmUpAsync(cancelled).ConfigureAwait(false);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync().ConfigureAwait(false);
        await Primary.DisposeAsync().ConfigureAwait(false);
        await Backup.DisposeAsync().ConfigureAwait(false);
    }

    // The first call compiles the SDKs, which can take longer than the drill's time limit: it must not pass for an outage.
    private async Task WarmUpAsync(CancellationToken cancelled)
    {
        var client = CreateClient(TimeSpan.FromMinutes(1));
        await using var end = client.ConfigureAwait(false);
        foreach (var provider in client.GetProviderStatus())
        {
            client.SetPrimaryProvider(provider.Name);
            await client.GetResponseAsync("Are you there?", cancellationToken: cancelled).ConfigureAwait(false);
        }
    }

    private FlexiClient CreateClient(TimeSpan? timeout = null) =>
        new(DrillOptions.Create(timeout is { } longer ? Plan with { Timeout = longer } : Plan, Primary.BaseUrl, Backup.BaseUrl));
}
