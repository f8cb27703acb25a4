using Spectre.Console;
using Spectre.Console.Rendering;

namespace FlexiAI.Cli;

/// <summary>One frame of the live view: the providers above, the latest news below, no taller than the screen.</summary>
internal sealed class WatchPicture(RemoteGateway gateway, StatusNews news, TimeSpan age, IReadOnlyList<string> lines, string? problem, int height) : IRenderable
{
    // The title, the table's frame and head, the sums, what ends it, and two to spare.
    private const int OtherLines = 9;

    private readonly Rows _rows = new(
    [
        new Text(Printable.Line(RemoteView.Title(gateway, news.Status)), new Style(decoration: Decoration.Bold)) { Overflow = Overflow.Ellipsis },
        RemoteTable.Of(news.Status, news.Stats, age, TableBorder.Rounded),
        new Text(RemoteView.Sums(news.Stats)),
        .. lines.TakeLast(Math.Max(3, height - OtherLines - news.Status.Providers.Count)).Select(line => new Markup(line) { Overflow = Overflow.Ellipsis }),
        problem is null
            ? new Text("Ctrl+C ends it.", new Style(Color.Grey))
            : new Text(Printable.Line(WatchLink.Of(problem)), new Style(Color.Red)) { Overflow = Overflow.Ellipsis },
    ]);

    public Measurement Measure(RenderOptions options, int maxWidth) => ((IRenderable)_rows).Measure(options, maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => ((IRenderable)_rows).Render(options, maxWidth);
}
