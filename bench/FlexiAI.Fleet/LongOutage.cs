using System.Diagnostics;
using System.Globalization;

namespace FlexiAI.Fleet;

/// <summary>How many requests of the whole fleet reach a provider that is down, at each time when its recovery may be tested.</summary>
internal static class LongOutage
{
    // What comes together belongs to one recovery: the break after it is a second at least.
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(500);

    public static async Task<(string Line, bool IsGood)> MeasureAsync(WorkerFleet fleet, TimeSpan lasts)
    {
        var since = Stopwatch.GetTimestamp();
        fleet.Break();
        await WorkerFleet.UntilAsync(() => fleet.All(CircuitState.Open));
        await Task.Delay(lasts - Stopwatch.GetElapsedTime(since));
        var probes = fleet.Probes(since);
        fleet.Heal();
        await WorkerFleet.UntilAsync(() => fleet.All(CircuitState.Closed));

        List<int> perRecovery = [];
        for (var i = 0; i < probes.Count; i++)
        {
            if (i == 0 || Stopwatch.GetElapsedTime(probes[i - 1].Timestamp, probes[i].Timestamp) > Together)
            {
                perRecovery.Add(0);
            }

            perRecovery[^1]++;
        }

        var line = string.Create(
            CultureInfo.InvariantCulture, $"outage of {lasts.TotalSeconds:0} s: requests at the primary per recovery [{string.Join(", ", perRecovery)}]");
        return (line, perRecovery.Count > 0 && perRecovery.TrueForAll(count => count == 1));
    }
}
