namespace FlexiAI.Cli;

/// <summary>Who answered how many requests per second, as columns one above the other; those that nobody answered on top.</summary>
internal static class RequestPanel
{
    public const double Height = 130;

    public static void Write(SvgWriter svg, Simulation simulation, Buckets buckets, TimeAxis axis, double top)
    {
        var most = Scale(buckets.All.Max(bucket => bucket.Requests.Count) / buckets.Length.TotalSeconds);
        foreach (var rate in new[] { 0, most / 2, most })
        {
            var y = top + (Height * (1 - (rate / most)));
            svg.Line("grid", axis.Left, y, axis.Right, y);
            svg.Text("quiet", axis.Left - 6, y + 4, FormattableString.Invariant($"{rate:0.##}"), "end");
        }

        svg.Text("quiet", 12, top + 12, "Requests");
        svg.Text("quiet", 12, top + 26, "per second");
        foreach (var (from, requests) in buckets.All)
        {
            var bottom = top + Height;
            foreach (var by in Enumerable.Range(0, simulation.Cast.Names.Count).Append(-1))
            {
                var height = Height * (requests.Count(request => request.By == by) / buckets.Length.TotalSeconds / most);
                bottom -= height;
                svg.Rect(by < 0 ? "failed" : TimelineStyle.OfEntry(by), axis.At(from), bottom, (axis.Width * (buckets.Length / axis.Duration)) - 0.5, height);
            }
        }
    }

    // The next of 1, 2, 5, 10, 20 and so on.
    private static double Scale(double rate)
    {
        var ten = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(rate, 0.01))));
        return new[] { ten, 2 * ten, 5 * ten, 10 * ten }.First(scale => scale >= rate);
    }
}
