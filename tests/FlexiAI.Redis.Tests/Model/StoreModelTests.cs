using System.Collections.Concurrent;
using System.Globalization;
using CsCheck;
using StackExchange.Redis;

namespace FlexiAI.Tests;

/// <summary>
/// The script is at each step what the model is, in random histories of three processes, and the invariants hold. The environment variable
/// <c>FLEXIAI_STORE_HISTORIES</c> sets how many histories. Time is the server's own; the model is told it by each reply, so that nothing is left to tolerance.
/// </summary>
public class StoreModelTests
{
    private static readonly int Histories =
        int.Parse(Environment.GetEnvironmentVariable("FLEXIAI_STORE_HISTORIES") ?? "600", CultureInfo.InvariantCulture);

    // From, to, and the operation that did it.
    private static readonly string[] Arrows =
    [
        "Closed -Assert-> Closed", "Closed -Assert-> Isolated", "Closed -Assert-> Open", "Closed -Force-> Closed", "Closed -Force-> Isolated", "Closed -Trip-> Open",
        "HalfOpen -Assert-> Closed", "HalfOpen -Assert-> Isolated", "HalfOpen -Assert-> Open", "HalfOpen -Force-> Closed", "HalfOpen -Force-> Isolated",
        "HalfOpen -Report-> Closed", "HalfOpen -Report-> Open",
        "Isolated -Force-> Closed", "Isolated -Force-> Isolated",
        "Open -Acquire-> HalfOpen", "Open -Assert-> Closed", "Open -Assert-> Isolated", "Open -Assert-> Open", "Open -Force-> Closed", "Open -Force-> Isolated",
    ];

    [Fact]
    public async Task R1_R2_R3_R7_TheScriptOnRedis_IsAtEachStepWhatTheModelIs()
    {
        await using var server = await RedisServer.StartAsync();
        await using var connection = await StoreServers.ConnectAsync(server.Endpoint);

        var (arrows, outcomes) = await RunAsync(connection.GetDatabase(), Histories);

        Assert.Equal(Arrows, arrows.Order(StringComparer.Ordinal));

        // Each operation accepted and refused, reading, which is neither, and touching, which a healthy store never refuses.
        Assert.Equal(((1 + StepKind.Force - StepKind.Trip) * 2) + 2, outcomes);
    }

    [Fact]
    public async Task R1_R2_R3_R7_TheScriptOnGarnet_IsAtEachStepWhatTheModelIs()
    {
        using var server = GarnetInProcess.Start();
        await using var connection = await StoreServers.ConnectAsync(server.Endpoint);

        await RunAsync(connection.GetDatabase(), Math.Max(1, Histories / 10));
    }

    private static async Task<(ICollection<string> Arrows, int Outcomes)> RunAsync(IDatabase database, int histories)
    {
        var arrows = new ConcurrentDictionary<string, bool>();
        var outcomes = new ConcurrentDictionary<(StepKind, bool), bool>();
        await StoreProgram.Any.SampleAsync(
            async program =>
            {
                var run = new StoreRun(program, database);
                var invariants = new StoreInvariants(program, run);
                await run.ExecuteAsync(e =>
                {
                    invariants.Check(e);
                    outcomes[(e.Operation.Kind, e.View.Accepted)] = true;
                    if (e.View.Epoch != e.EpochBefore)
                    {
                        arrows[$"{e.StateBefore} -{e.Operation.Kind}-> {e.View.State}"] = true;
                    }
                });
            },
            iter: histories,

            // Everything is flushed in some.
            threads: 1,
            print: program => program.ToString());
        return (arrows.Keys, outcomes.Count);
    }
}
