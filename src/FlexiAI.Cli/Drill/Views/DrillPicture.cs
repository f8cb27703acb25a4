using Spectre.Console;
using Spectre.Console.Rendering;

namespace FlexiAI.Cli;

/// <summary>One frame of the live view: the circuits above, the latest events below, no taller than the screen.</summary>
internal sealed class DrillPicture(
    string phase, string doing, IReadOnlyList<string> lines, IReadOnlyList<ProviderStatus> providers, int height) : IRenderable
{
    // The table, the phase on up to two lines, what is under way, and a line to spare.
    private const int OtherLines = 11;

    private readonly Rows _rows = new(
    [
        CircuitTable.Of(providers),
        new Text(phase, new Style(decoration: Decoration.Bold)),
        .. lines.Where(line => line[0] != '\n').TakeLast(Math.Max(3, height - OtherLines)).Select(line => new Markup(line) { Overflow = Overflow.Ellipsis }),
        new Text(doing, new Style(Color.Grey)),
    ]);

    public Measurement Measure(RenderOptions options, int maxWidth) => ((IRenderable)_rows).Measure(options, maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => ((IRenderable)_rows).Render(options, maxWidth);
}
