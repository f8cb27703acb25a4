using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Anthropic.Core;
using FlexiAI.Testing;
using OpenAI;

namespace FlexiAI.Tests;

/// <summary>Gateways over a provider that answers by what it is asked and one that is down, and the official clients that speak to them.</summary>
internal sealed class SdkStage : IAsyncDisposable
{
    public const string Key = "fx-client-0123456789abcdef";
    public const string Model = "good";

    /// <summary>Some of the names that can be asked for.</summary>
    public static readonly string[] Names = ["auto", Model, "good-model", "down"];

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly GatewayHost _gateway;
    private readonly GatewayHost _narrow;
    private readonly SimulatedProvider _down;

    private SdkStage(SimulatedProvider good, SimulatedProvider down, GatewayHost gateway, GatewayHost narrow) =>
        (Good, _down, _gateway, _narrow) = (good, down, gateway, narrow);

    public SimulatedProvider Good { get; }

    public string Address => _gateway.Address;

    /// <summary>Where one request at a time is let in.</summary>
    public string NarrowAddress => _narrow.Address;

    public static async Task<SdkStage> StartAsync(SimulatedWire wire)
    {
        var stop = TestContext.Current.CancellationToken;
        var good = await SimulatedProvider.StartAsync(wire, new() { Name = Model, Responder = SdkAnswers.Of, EmbeddingDimensions = 8 }, stop);
        var down = await SimulatedProvider.StartAsync(wire, new() { Name = "down" }, stop);
        SdkAnswers.Play(good);
        down.Faults.Always(Fault.Overloaded().WithHeader("retry-after", "7"));
        return new SdkStage(good, down, await GatewayAsync(good, down, room: 100), await GatewayAsync(good, down, room: 1));
    }

    public OpenAIClient OpenAI(string key = Key, bool narrow = false) => new(new ApiKeyCredential(key), new OpenAIClientOptions
    {
        Endpoint = new Uri($"{(narrow ? NarrowAddress : Address)}/v1"),
        RetryPolicy = new ClientRetryPolicy(0),
    });

    public AnthropicClient Anthropic(string key = Key, bool narrow = false) =>
        new(new ClientOptions { ApiKey = key, BaseUrl = narrow ? NarrowAddress : Address, MaxRetries = 0 });

    /// <summary>Waits for the end of every call that was left in mid-stream.</summary>
    /// <returns>How each ended at the provider.</returns>
    public Task<SimulatedEnding[]> LeftInMidStreamAsync() => Task.WhenAll(Good.Requests
        .Where(request => request.Body.Contains("[stall]", StringComparison.Ordinal))
        .Select(request => request.WaitForEndAsync(TestContext.Current.CancellationToken).WaitAsync(Longest)));

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _narrow.DisposeAsync();
        await Good.DisposeAsync();
        await _down.DisposeAsync();
    }

    private static Task<GatewayHost> GatewayAsync(SimulatedProvider good, SimulatedProvider down, int room)
    {
        var entry = GatewayHost.Entry(good);

        // Else a call that nobody ends would end by itself.
        (entry.IdleTimeout, entry.Timeout) = (10 * Longest, 10 * Longest);
        var options = GatewayHost.Options(entry, GatewayHost.Entry(down, 2));
        options.CircuitBreaker.FailureThreshold = 1_000;
        return GatewayHost.StartAsync(options, gateway =>
        {
            gateway.ClientKeys = [Key];
            gateway.MaxConcurrentRequests = room;
        });
    }
}
