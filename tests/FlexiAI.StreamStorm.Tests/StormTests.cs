using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>Many streams at once over real sockets and the official SDKs, each left at a random moment: when all callers are gone, nothing is left.</summary>
public sealed class StormTests
{
    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SimulatedWire.OpenAI, 1_000)]
    [InlineData(SimulatedWire.Anthropic, 300)]
    [InlineData(SimulatedWire.Google, 300)]
    public async Task Streams_that_are_left_at_any_moment_leave_nothing(SimulatedWire wire, int streams)
    {
        var timers = Timer.ActiveCount;
        using var traces = new Traces();
        WeakReference[] enumerators;
        await using (var wall = await Wall.StartAsync(wire, Test))
        {
            enumerators = await RunAsync(wall, traces, streams);
        }

        await Until.CollectedAsync(0, () => enumerators.Count(enumerator => enumerator.IsAlive), "enumerators alive");
        await Until.CollectedAsync(0, () => traces.Alive, "activities alive");
        await Until.CollectedAsync(true, () => Timer.ActiveCount <= timers, "no timer left");
    }

    private static async Task<WeakReference[]> RunAsync(Wall wall, Traces traces, int streams)
    {
        FlexiClient[] clients = [Client(wall), Client(wall, continues: true), Client(wall, hedges: true), Client(wall, continues: true, hedges: true)];
        var (callers, endings) = await StormAsync(clients, streams);

        // The abandoned ones end when they are collected.
        await Until.CollectedAsync(streams, () => clients.Sum(client => (int)client.GetRequestStats().TotalRequests), "requests ended");
        await Until.EqualAsync(0, () => wall.RequestsUnderWay, "requests under way");
        await Until.EqualAsync(true, () => wall.Sockets == wall.OpenConnections, "both sides know of the same connections");
        CheckAccounts(clients, endings, wall, traces);
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        await Until.EqualAsync(0, () => wall.OpenConnections, "connections open at the providers");
        await Until.EqualAsync(0, () => wall.Sockets, "sockets");
        GC.KeepAlive(callers);
        return [.. callers.Select(caller => caller.Enumerator!)];
    }

    private static async Task<(Caller[] Callers, Ending[][] Endings)> StormAsync(FlexiClient[] clients, int streams)
    {
        var (toCome, everyoneIsHere) = (streams, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var callers = Enumerable.Range(0, streams)
            .Select(number => new Caller(clients[number % clients.Length], Plan.Of(number), Arrive, everyoneIsHere.Task))
            .ToArray();
        var endings = await Task.WhenAll(callers.Select(caller => Task.Run(() => caller.RunAsync(Test), Test)));
        return (callers, [.. Enumerable.Range(0, clients.Length).Select(i => endings.Where((_, number) => number % clients.Length == i).ToArray())]);

        void Arrive()
        {
            if (Interlocked.Decrement(ref toCome) == 0)
            {
                everyoneIsHere.SetResult();
            }
        }
    }

    private static void CheckAccounts(FlexiClient[] clients, Ending[][] endings, Wall wall, Traces traces)
    {
        foreach (var (client, ended) in clients.Zip(endings))
        {
            var stats = client.GetRequestStats();
            Assert.Equal(
                (ended.Count(ending => ending == Ending.Succeeded), ended.Count(ending => ending == Ending.Failed), ended.Count(ending => ending == Ending.Cancelled)),
                (stats.SuccessfulRequests, stats.FailedRequests, stats.CancelledRequests));
            Assert.All(client.GetProviderStatus(), status => Assert.Equal((CircuitState.Closed, 0), (status.CircuitBreaker.State, status.CircuitBreaker.LateResults)));
        }

        // It was a storm: streams ended in every way, and recoveries and hedges were cancelled too.
        Assert.Equal([Ending.Succeeded, Ending.Failed, Ending.Cancelled], endings.SelectMany(ended => ended).Distinct().Order());
        Assert.Equal(
            [false, true, true, true],
            clients.Select(client => client.GetRequestStats().Providers.Single(provider => provider.Name == "backup").Cancelled > 0));

        var attempts = clients.Sum(client => client.GetRequestStats().Providers.Sum(provider => provider.Requests));
        Assert.Equal((endings.Sum(ended => ended.Length), attempts), (traces.Requests, traces.Attempts));
        Assert.Equal(0, traces.Open);
        Assert.InRange(wall.Requests, 1, attempts);
    }

    private static FlexiClient Client(Wall wall, bool continues = false, bool hedges = false) => new(new FlexiOptions
    {
        Providers = [wall.Entry(wall.Primary), wall.Entry(wall.Backup)],
        CircuitBreaker = { FailureThreshold = 1_000_000 },
        StreamRecovery = continues ? StreamRecovery.Continue : StreamRecovery.Fail,
        HedgeAfter = hedges ? TimeSpan.FromMilliseconds(40) : null,
        HedgeBudget = 1,
    });
}
