namespace FlexiAI.Cli;

/// <summary>Percentiles by nearest rank, in seconds: always one of the values.</summary>
internal static class Percentiles
{
    public static (double? P50, double? P99) Of(IEnumerable<RequestRecord> requests)
    {
        var latencies = requests.Where(request => request.IsAnswered).Select(request => request.Latency).Order().ToList();
        return latencies.Count == 0 ? (null, null) : (At(latencies, 0.5), At(latencies, 0.99));
    }

    private static double At(List<TimeSpan> sorted, double share) =>
        Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(sorted.Count * share) - 1)].TotalSeconds, 3);
}
