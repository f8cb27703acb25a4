using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>A client of an entry under test and of a backup, each at a simulated provider of its own.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private Pair(SimulatedProvider primary, SimulatedProvider backup, FlexiClient client) => (Primary, Backup, Client) = (primary, backup, client);

    public SimulatedProvider Primary { get; }

    public SimulatedProvider Backup { get; }

    public FlexiClient Client { get; }

    public CircuitStatus Circuit => Client.GetProviderStatus()[0].CircuitBreaker;

    public static async Task<Pair> StartAsync(
        bool vertex, TimeProvider? time = null, SimulatedProviderOptions? options = null, Action<ProviderOptions, SimulatedProvider>? configure = null)
    {
        var primary = await SimulatedProvider.StartAsync(SimulatedWire.Google, options ?? new() { Name = "primary" }, Make.Cancel);
        var backup = await SimulatedProvider.StartAsync(SimulatedWire.Google, new() { Name = "backup" }, Make.Cancel);
        ProviderOptions entry = vertex ? Make.Vertex(primary.BaseUrl) : Make.Gemini(primary.BaseUrl);
        entry.Name = "primary";
        configure?.Invoke(entry, primary);
        var other = Make.Gemini(backup.BaseUrl);
        other.Name = "backup";
        other.Priority = 2;
        var client = new FlexiClient(new FlexiOptions { Providers = [entry, other], RetryDelay = TimeSpan.Zero }, timeProvider: time);
        return new Pair(primary, backup, client);
    }

    public Task<ChatResponse> AskAsync(bool streamed, CancellationToken? cancel = null) => streamed
        ? StreamAsync(cancel ?? Make.Cancel)
        : Client.GetResponseAsync("Hello", cancellationToken: cancel ?? Make.Cancel);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Primary.DisposeAsync();
        await Backup.DisposeAsync();
    }

    private async Task<ChatResponse> StreamAsync(CancellationToken cancel)
    {
        List<ChatResponseUpdate> updates = [];
        await foreach (var update in Client.GetStreamingResponseAsync("Hello", cancellationToken: cancel))
        {
            updates.Add(update);
        }

        return updates.ToChatResponse();
    }
}
