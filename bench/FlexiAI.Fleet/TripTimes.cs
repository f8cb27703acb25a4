using System.Diagnostics;
using System.Globalization;

namespace FlexiAI.Fleet;

/// <summary>How long it takes from the process that opens its circuit until all have, which meet no failure themselves.</summary>
internal static class TripTimes
{
    // The first times, the processes compile what they run, all at once on the cores that they share: told apart.
    private const int WarmUp = 10;

    public static async Task<string> MeasureAsync(WorkerFleet fleet, int repeats)
    {
        var cold = await RepeatAsync(fleet, WarmUp);
        var times = await RepeatAsync(fleet, repeats);
        times.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"a trip to all {fleet.Workers.Count} open, {repeats} times: p50 {At(0.5):0.0} ms, p99 {At(0.99):0.0} ms, longest {times[^1]:0.0} ms; before that the very first {cold[0]:0.0} ms, the {WarmUp - 1} that followed at most {cold.Skip(1).Max():0.0} ms");

        double At(double share) => times[(int)Math.Ceiling(share * times.Count) - 1];
    }

    private static async Task<List<double>> RepeatAsync(WorkerFleet fleet, int times)
    {
        List<double> taken = [];
        for (var i = 0; i < times; i++)
        {
            taken.Add(await OnceAsync(fleet));
        }

        return taken;
    }

    private static async Task<double> OnceAsync(WorkerFleet fleet)
    {
        var since = Stopwatch.GetTimestamp();
        fleet.BreakFor(fleet.Workers[0]);
        await WorkerFleet.UntilAsync(() => fleet.Workers.TrueForAll(worker => worker.OpenedAfter(since) is not null));
        var opened = fleet.Workers.ConvertAll(worker => worker.OpenedAfter(since)!.Value);
        fleet.Heal();
        await WorkerFleet.UntilAsync(() => fleet.All(CircuitState.Closed));
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        return Stopwatch.GetElapsedTime(opened.Min(), opened.Max()).TotalMilliseconds;
    }
}
