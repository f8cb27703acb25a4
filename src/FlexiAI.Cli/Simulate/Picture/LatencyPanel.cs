namespace FlexiAI.Cli;

/// <summary>How long answers took, by the time of the request: median and 99th percentile, on a logarithmic scale.</summary>
internal static class LatencyPanel
{
    public const double Height = 90;

    private static readonly double[] Marks = [0.01, 0.1, 1, 10, 100, 1_000, 10_000, 100_000];

    public static void Write(SvgWriter svg, Buckets buckets, TimeAxis axis, double top)
    {
        var points = buckets.All.Select(bucket => (X: axis.At(bucket.From + (buckets.Length / 2)), Time: Percentiles.Of(bucket.Requests))).ToList();
        var known = points.SelectMany(point => new[] { point.Time.P50, point.Time.P99 }).OfType<double>().DefaultIfEmpty(1).ToList();
        var least = Marks.LastOrDefault(mark => mark <= known.Min(), Marks[0]);
        var most = Marks.First(mark => mark >= known.Max() && mark > least);
        foreach (var mark in Marks.Where(mark => mark >= least && mark <= most))
        {
            svg.Line("grid", axis.Left, Y(mark)!.Value, axis.Right, Y(mark)!.Value);
            svg.Text("quiet", axis.Left - 6, Y(mark)!.Value + 4, FormattableString.Invariant($"{mark} s"), "end");
        }

        svg.Text("quiet", 12, top + 12, "Latency");
        svg.Text("quiet", 12, top + 26, "of answers");
        svg.Path("p50", points.Select(point => (point.X, Y(point.Time.P50))));
        svg.Path("p99", points.Select(point => (point.X, Y(point.Time.P99))));

        double? Y(double? seconds) => seconds is { } time ? top + (Height * (1 - (Math.Log(Math.Max(time, least) / least) / Math.Log(most / least)))) : null;
    }
}
