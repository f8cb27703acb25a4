namespace FlexiAI.Cli;

/// <summary>What the colours of a timeline mean.</summary>
internal static class TimelineLegend
{
    public const double Height = 68;

    public static void Write(SvgWriter svg, IReadOnlyList<string> names, double left, double top)
    {
        Row(svg, names.Select((name, i) => (TimelineStyle.OfEntry(i), $"{name} answers")), left, top + 12);
        Row(svg, [("closed", "circuit closed (low)"), ("throttled", "left alone, as its Retry-After asks (middle)"), ("open", "open (high)"), ("half", "half-open: a probe is out")], left, top + 34);
        Row(svg, [("failed", "nobody answers"), ("disturbed", "incident"), ("p50", "median latency"), ("p99", "99th percentile")], left, top + 56);
    }

    private static void Row(SvgWriter svg, IEnumerable<(string Look, string Text)> items, double x, double y)
    {
        foreach (var (look, text) in items)
        {
            if (look is "p50" or "p99")
            {
                svg.Line(look, x, y - 4, x + 12, y - 4);
            }
            else
            {
                svg.Rect(look, x, y - 10, 12, 12);
            }

            svg.Text("quiet", x + 17, y, text);
            x += 34 + (text.Length * 6.2);
        }
    }
}
