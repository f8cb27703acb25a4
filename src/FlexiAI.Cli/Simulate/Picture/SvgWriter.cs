using System.Globalization;
using System.Security;
using System.Text;

namespace FlexiAI.Cli;

/// <summary>Writes the few elements of SVG that the timeline is made of. Colours come from classes.</summary>
internal sealed class SvgWriter
{
    private readonly StringBuilder _text = new();

    public void Raw(string text) => _text.Append(text).Append('\n');

    /// <param name="look">The class.</param>
    /// <param name="x">Left edge.</param>
    /// <param name="y">Upper edge.</param>
    /// <param name="width">Width; of none, nothing is written.</param>
    /// <param name="height">Height; likewise.</param>
    /// <param name="tip">What to say when pointed at.</param>
    public void Rect(string look, double x, double y, double width, double height, string? tip = null)
    {
        if (width > 0 && height > 0)
        {
            var end = tip is null ? "/>" : $"><title>{Escaped(tip)}</title></rect>";
            Raw(string.Create(CultureInfo.InvariantCulture, $"<rect class=\"{look}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.##}\" height=\"{height:0.##}\"{end}"));
        }
    }

    /// <param name="look">The class.</param>
    /// <param name="x">Where the anchor stands.</param>
    /// <param name="y">The base line.</param>
    /// <param name="text">The text.</param>
    /// <param name="anchor">start, middle or end.</param>
    public void Text(string look, double x, double y, string text, string anchor = "start") =>
        Raw(string.Create(CultureInfo.InvariantCulture, $"<text class=\"{look}\" x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">{Escaped(text)}</text>"));

    public void Line(string look, double x1, double y1, double x2, double y2) =>
        Raw(string.Create(CultureInfo.InvariantCulture, $"<line class=\"{look}\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>"));

    /// <summary>A line through points; a gap where one is null.</summary>
    public void Path(string look, IEnumerable<(double X, double? Y)> points)
    {
        var path = new StringBuilder();
        var command = 'M';
        foreach (var (x, y) in points)
        {
            if (y is { } known)
            {
                path.Append(CultureInfo.InvariantCulture, $"{command}{x:0.#} {known:0.#}");
            }

            command = y is null ? 'M' : 'L';
        }

        Raw($"<path class=\"{look}\" d=\"{path}\"/>");
    }

    public override string ToString() => _text.ToString();

    private static string Escaped(string text) => SecurityElement.Escape(Printable.Of(text));
}
