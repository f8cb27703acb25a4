using System.Globalization;

namespace FlexiAI.Fleet;

/// <summary>Tries every incident, with circuits that are shared and with circuits that are not, and prints what requests noticed.</summary>
internal static class TroubleReport
{
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
        foreach (var (incidentName, stageAsync) in Incidents.All.Where(one => one.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
        {
            var scope = $"trouble-{Guid.NewGuid():N}";
            var alone = await TroubleRun.MakeAsync(null, scope);
            await using var incident = await stageAsync(TroubledFleet.KeyOf(scope));
            var shared = await TroubleRun.MakeAsync(incident, scope);
            var isGood = shared.Failed + alone.Failed == 0 && shared.Slowest - alone.Slowest <= MostLonger && shared.Agreed <= MostUntilAgreed;
            isMet &= isGood;
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"| {incidentName} | {Requests(shared)} | {Requests(alone)} | {shared.Agreed!.Value.TotalMilliseconds:N0} ms | {(isGood ? "" : "not met")} |"));
        }

        return isMet ? 0 : 1;
    }

    private static string Requests(TroubleRun run) => string.Create(
        CultureInfo.InvariantCulture,
        $"{run.Requests:N0} | {run.Failed:N0} | {run.P99.TotalMilliseconds:N0} ms | {run.Slowest.TotalMilliseconds:N0} ms");
}
