using System.Collections.Concurrent;
using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>A client that is given other options again and again while requests and streams run over real connections.</summary>
public class ReconfigureOnTheWireTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trap23_While_entries_come_go_and_change_no_request_and_no_stream_of_eight_callers_fails()
    {
        await using var stays = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, new() { Answer = "one two three four" }, Stop);
        await using var comes = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, new() { Answer = "one two three four" }, Stop);
        await using var down = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: Stop);
        down.Faults.Always(Fault.Status(503));
        await using var client = new FlexiClient(Options(Down(), Entry("stays", stays)));
        while (client.GetProviderStatus("down").CircuitBreaker.State != CircuitState.Open)
        {
            await client.GetResponseAsync("Hello", cancellationToken: Stop);
        }

        var refused = down.Requests.Count;
        FlexiOptions[] sets =
        [
            Options(Down(), Entry("stays", stays), Entry("comes", comes)),
            Options(Entry("comes", comes), Down(priority: 2)),
            Options(Down(), Entry("comes", comes, priority: 3), Entry("stays", stays, priority: 2)),
            Options(Down(), Entry("stays", stays, model: "another"), Entry("comes", comes, key: "another")),
            Options(Down(), Entry("stays", stays)),
        ];
        var (over, answered) = (false, 0);
        var used = new ConcurrentDictionary<string, bool>();
        var callers = Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            while (!Volatile.Read(ref over))
            {
                var answer = i % 2 == 0
                    ? await client.GetResponseAsync("Hello", cancellationToken: Stop)
                    : await client.GetStreamingResponseAsync("Hello", cancellationToken: Stop).ToChatResponseAsync(Stop);
                Assert.Equal("one two three four", answer.Text);
                used[answer.Provider!] = true;
                Interlocked.Increment(ref answered);
            }
        })).ToList();

        for (var i = 0; i < 100; i++)
        {
            client.Reconfigure(sets[i % sets.Length]);
            var enough = Volatile.Read(ref answered) + 8;
            await UntilAsync(() => Volatile.Read(ref answered) >= enough || callers.Exists(caller => caller.IsFaulted));
        }

        Volatile.Write(ref over, true);
        await Task.WhenAll(callers);

        Assert.Equal(["comes", "stays"], used.Keys.Order());
        Assert.Equal(CircuitState.Open, client.GetProviderStatus("down").CircuitBreaker.State);
        Assert.Equal(refused, down.Requests.Count);
        await UntilAsync(() => comes.OpenConnections == 0);
        Assert.Equal(client.GetRequestStats().TotalRequests, client.GetRequestStats().SuccessfulRequests);

        ProviderOptions Down(int priority = 1) => Entry("down", down, priority);
    }

    [Fact]
    public async Task A_removed_entry_s_stream_goes_on_and_its_connections_are_closed_after_it()
    {
        await using var old = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, new() { Answer = "one two three" }, Stop);
        await using var next = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: Stop);
        await using var client = new FlexiClient(Options(Entry("old", old)));
        await client.GetResponseAsync("Hello", cancellationToken: Stop);
        old.Faults.Next(Fault.SlowTokens(TimeSpan.FromMilliseconds(50)));
        await using var stream = client.GetStreamingResponseAsync("Hello", cancellationToken: Stop).GetAsyncEnumerator(Stop);
        Assert.True(await stream.MoveNextAsync());

        client.Reconfigure(Options(Entry("next", next)));
        Assert.Equal("next", (await client.GetResponseAsync("Hello", cancellationToken: Stop)).Provider);
        Assert.NotEqual(0, old.OpenConnections);
        var text = stream.Current.Text;
        while (await stream.MoveNextAsync())
        {
            text += stream.Current.Text;
        }

        Assert.Equal("one two three", text);
        await UntilAsync(() => old.OpenConnections == 0);
    }

    [Fact]
    public async Task An_unchanged_entry_keeps_its_connection()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: Stop);
        await using var client = new FlexiClient(Options(Entry("it", provider)));

        for (var i = 0; i < 3; i++)
        {
            await client.GetResponseAsync("Hello", cancellationToken: Stop);
            client.Reconfigure(Options(Entry("it", provider, priority: i + 2)));
        }

        Assert.Equal((1, 3), (provider.OpenConnections, client.GetRequestStats().Providers[0].Successes));
    }

    private static FlexiOptions Options(params ProviderOptions[] entries) =>
        new() { Providers = [.. entries], CircuitBreaker = { FailureThreshold = 3, RecoveryTimeout = TimeSpan.FromHours(1) } };

    private static OpenAIProvider Entry(string name, SimulatedProvider simulated, int priority = 1, string model = "m", string key = "k") =>
        new() { Name = name, BaseUrl = simulated.BaseUrl, ApiKey = key, Model = model, Priority = priority, MaxRetries = 0 };

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Stop);
        }
    }
}
