using System.Diagnostics;
using System.Globalization;

namespace FlexiAI.Fleet;

/// <summary>How long it takes from the first process that opens its circuit until all have.</summary>
internal static class TripTimes
{
    public static async Task<string> MeasureAsync(WorkerFleet fleet, int repeats)
    {
        // The first time, eight processes compile what they run on the cores that they share: told apart.
        var cold = await OnceAsync(fleet);
        List<double> times = [];
        for (var i = 0; i < repeats; i++)
        {
            times.Add(await OnceAsync(fleet));
        }

        times.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"first trip to all {fleet.Workers.Count} open, {repeats} times: p50 {At(0.5):0.0} ms, p99 {At(0.99):0.0} ms, longest {times[^1]:0.0} ms; just started {cold:0.0} ms");

        double At(double share) => times[(int)Math.Ceiling(share * times.Count) - 1];
    }

    private static async Task<double> OnceAsync(WorkerFleet fleet)
    {
        var since = Stopwatch.GetTimestamp();
        fleet.Break();
        await WorkerFleet.UntilAsync(() => fleet.Workers.TrueForAll(worker => worker.OpenedAfter(since) is not null));
        var opened = fleet.Workers.ConvertAll(worker => worker.OpenedAfter(since)!.Value);
        fleet.Heal();
        await WorkerFleet.UntilAsync(() => fleet.All(CircuitState.Closed));
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        return Stopwatch.GetElapsedTime(opened.Min(), opened.Max()).TotalMilliseconds;
    }
}
