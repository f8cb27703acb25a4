using System.Globalization;
using StackExchange.Redis;

namespace FlexiAI.Fleet;

/// <summary>Tries every incident, with circuits that are shared and with circuits that are not, and prints what requests noticed.</summary>
internal static class TroubleReport
{
    private const int MostAttempts = 3;
    private static readonly TimeSpan MostLonger = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MostUntilAgreed = TimeSpan.FromSeconds(2.5);

    /// <param name="name">Only the incidents whose name begins so; all if empty.</param>
    /// <param name="output">Where the table goes.</param>
    /// <returns>0 if every bar was met.</returns>
    public static async Task<int> RunAsync(string name, TextWriter output)
    {
        // What is compiled at the first use would make the first incident's requests slow.
        await TroubleRun.MakeAsync(null, "");
        await output.WriteLineAsync("| incident | requests | failed | p99 | slowest | without: requests | failed | p99 | slowest | agreed after | |");
        await output.WriteLineAsync("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|");
        var isMet = true;
        foreach (var one in Incidents.All.Where(one => one.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
        {
            isMet &= await TryAsync(one.Name, one.StageAsync, output);
        }

        return isMet ? 0 : 1;
    }

    // A machine that stands still for a moment makes any request slow, so that what was not met is tried again; every row is printed.
    private static async Task<bool> TryAsync(string name, Func<RedisKey, Task<Incident>> stageAsync, TextWriter output)
    {
        for (var attempt = 1; ; attempt++)
        {
            var scope = $"trouble-{Guid.NewGuid():N}";
            var alone = await TroubleRun.MakeAsync(null, scope);
            await using var incident = await stageAsync(TroubledFleet.KeyOf(scope));
            var shared = await TroubleRun.MakeAsync(incident, scope);
            var isMet = shared.Failed + alone.Failed == 0 && shared.Slowest - alone.Slowest <= MostLonger && shared.Agreed <= MostUntilAgreed;
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {Requests(shared)} | {Requests(alone)} | {shared.Agreed!.Value.TotalMilliseconds:N0} ms | {(isMet ? "" : "not met")} |"));
            if (isMet || shared.Failed + alone.Failed > 0 || attempt == MostAttempts)
            {
                return isMet;
            }
        }
    }

    private static string Requests(TroubleRun run) => string.Create(
        CultureInfo.InvariantCulture,
        $"{run.Requests:N0} | {run.Failed:N0} | {run.P99.TotalMilliseconds:N0} ms | {run.Slowest.TotalMilliseconds:N0} ms");
}
