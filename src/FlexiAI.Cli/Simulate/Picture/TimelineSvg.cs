namespace FlexiAI.Cli;

/// <summary>A picture of a simulation over time, as SVG for light and dark pages: who answered, how fast, and what the circuits did.</summary>
internal static class TimelineSvg
{
    private const double Width = 960;
    private const double Head = 66;
    private const double Gap = 18;

    public static string Draw(Simulation simulation)
    {
        var svg = new SvgWriter();
        var axis = new TimeAxis(Left: 120, Width - 140, simulation.Incident.Duration);
        var latency = Head + RequestPanel.Height + Gap;
        var rows = latency + LatencyPanel.Height + Gap;
        var foot = rows + Enumerable.Range(0, simulation.Cast.Names.Count).Sum(entry => EntryRows.HeightOf(simulation, entry)) + 4;
        var height = foot + 24 + TimelineLegend.Height;
        svg.Raw(FormattableString.Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"what\">"));
        svg.Raw(TimelineStyle.Css);
        svg.Rect("page", 0, 0, Width, height);
        Titles(svg, simulation);
        foreach (var top in new[] { (Y: Head, RequestPanel.Height), (Y: latency, LatencyPanel.Height) })
        {
            svg.Rect("panel", axis.Left, top.Y, axis.Width, top.Height);
            foreach (var episode in simulation.Episodes)
            {
                svg.Rect("disturbed", axis.At(episode.From), top.Y, axis.At(episode.To) - axis.At(episode.From), top.Height);
            }
        }

        var buckets = new Buckets(simulation.Log, simulation.Incident.Duration);
        RequestPanel.Write(svg, simulation, buckets, axis, Head);
        LatencyPanel.Write(svg, buckets, axis, latency);
        for (var entry = 0; entry < simulation.Cast.Names.Count; entry++)
        {
            EntryRows.Write(svg, simulation, entry, axis, rows);
            rows += EntryRows.HeightOf(simulation, entry);
        }

        foreach (var mark in axis.Marks())
        {
            svg.Line("grid", axis.At(mark), foot - 8, axis.At(mark), foot - 3);
            svg.Text("quiet", axis.At(mark), foot + 9, axis.Label(mark), "middle");
        }

        TimelineLegend.Write(svg, simulation.Cast.Names, axis.Left, foot + 20);
        svg.Raw("</svg>");
        return svg.ToString();
    }

    private static void Titles(SvgWriter svg, Simulation simulation)
    {
        var options = simulation.Cast.Options;
        var all = RequestCount.Of(simulation.Log.Requests);
        var title = simulation.Incident.Title;
        svg.Raw($"<title id=\"what\">{System.Security.SecurityElement.Escape(Printable.Of(title))}</title>");
        svg.Text("title", 12, 24, title.Length <= 118 ? title : $"{title[..117]}…");
        svg.Text("quiet", 12, 44, FormattableString.Invariant(
            $"{all.Requests:#,0} requests, {all.Failed:#,0} without an answer. Failover {Words.Of(options.FailoverMode)}, {options.CircuitBreaker.FailureThreshold} failures open a circuit, {options.CircuitBreaker.RecoveryTimeout.TotalSeconds:0.###} s until recovery is tested. Time in {(simulation.Incident.Duration < TimeSpan.FromMinutes(10) ? "minutes:seconds" : "hours:minutes")}."));
    }
}
