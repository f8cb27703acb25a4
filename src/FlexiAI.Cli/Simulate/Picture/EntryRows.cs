using System.Globalization;

namespace FlexiAI.Cli;

/// <summary>Of one entry: what the incident does to it, and below it what its circuit does with requests.</summary>
internal static class EntryRows
{
    private const double Band = 18;
    private const double Lane = 14;
    private const double Gap = 12;
    private const double LetterWidth = 5.7;

    public static double HeightOf(Simulation simulation, int entry) => (Lane * Lanes(Events(simulation, entry))) + Band + Gap;

    public static void Write(SvgWriter svg, Simulation simulation, int entry, TimeAxis axis, double top)
    {
        var events = Events(simulation, entry);
        svg.Text("quiet", 12, top + 11, $"{Short(simulation.Cast.Names[entry])}: events");
        svg.Rect("panel", axis.Left, top, axis.Width, Lane * Lanes(events));
        foreach (var disturbance in events)
        {
            Event(svg, disturbance, events, axis, top);
        }

        top += Lane * Lanes(events);
        svg.Text("quiet", 12, top + 16, "circuit");
        var changes = simulation.Log.Circuits[entry].Changes;
        foreach (var ((at, phase), i) in changes.Select((change, i) => (change, i)).OrderBy(pair => pair.change.Phase == CircuitPhase.HalfOpen))
        {
            var until = i + 1 < changes.Count ? changes[i + 1].At : simulation.Incident.Duration;
            Phase(svg, phase, axis.At(at), axis.At(until), top + 2);
        }
    }

    private static IReadOnlyList<Disturbance> Events(Simulation simulation, int entry) =>
        Cast.PartOf(simulation.Cast.Entries[entry], simulation.Incident).Disturbances;

    // Events that share a time stand in lanes one below the other.
    private static int Lanes(IReadOnlyList<Disturbance> events) => events.Select(e => Before(e, events).Count() + 1).DefaultIfEmpty(1).Max();

    private static IEnumerable<Disturbance> Before(Disturbance disturbance, IReadOnlyList<Disturbance> events) =>
        events.TakeWhile(other => !ReferenceEquals(other, disturbance)).Where(other => other.To > disturbance.From);

    private static void Event(SvgWriter svg, Disturbance disturbance, IReadOnlyList<Disturbance> events, TimeAxis axis, double top)
    {
        var y = top + (Lane * Before(disturbance, events).Count());
        var width = axis.At(disturbance.To) - axis.At(disturbance.From);
        var text = DisturbanceText.Of(disturbance);
        svg.Rect("event", axis.At(disturbance.From), y, width, Lane, text);
        if (width > text.Length * LetterWidth)
        {
            svg.Text("on-band", axis.At(disturbance.From) + 4, y + 10.5, text);
        }
    }

    // The heights tell the phases apart also without their colours. A probe, short as it is, is always seen.
    private static void Phase(SvgWriter svg, CircuitPhase phase, double left, double right, double top)
    {
        var height = phase switch { CircuitPhase.Closed => 6, CircuitPhase.Throttled => 12, _ => Band };
        svg.Rect(TimelineStyle.Of(phase), left, top + Band - height, Math.Max(right - left, 1), height);
    }

    private static string Short(string name) => name.Length <= 10 ? name : string.Create(CultureInfo.InvariantCulture, $"{name.AsSpan(0, 9)}…");
}
