using System.Text;
using Spectre.Console;

namespace FlexiAI.Cli;

/// <summary>Where the command writes: results to <see cref="Out"/>, everything about them to <see cref="Error"/>.</summary>
internal sealed class Terminal
{
    // Wide enough that no line of a table breaks where a program reads it.
    private const int RedirectedWidth = 1_000;

    private Terminal(TextWriter @out, TextWriter error, bool isRich, bool isErrorRich)
    {
        (Out, Error, IsRich) = (@out, error, isRich);
        Console = Render(@out, isRich);
        ErrorConsole = Render(error, isErrorRich);
    }

    public TextWriter Out { get; }

    public TextWriter Error { get; }

    /// <summary>Standard output for tables, colours and live views: plain text where it is redirected, or where the user wants no colour.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Standard error in the same way.</summary>
    public IAnsiConsole ErrorConsole { get; }

    /// <summary>Whether a person looks at standard output on a terminal that can move its cursor.</summary>
    public bool IsRich { get; }

    public static Terminal Open()
    {
        // Without a byte order mark, which would stand before the first line of a redirected output.
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (System.Console.OutputEncoding.CodePage != encoding.CodePage)
        {
            System.Console.OutputEncoding = encoding;
        }

        var plain = WantsPlain(Environment.GetEnvironmentVariable);
        return new Terminal(
            System.Console.Out,
            System.Console.Error,
            !plain && !System.Console.IsOutputRedirected,
            !plain && !System.Console.IsErrorRedirected);
    }

    // https://no-color.org: set, and not empty.
    private static bool WantsPlain(Func<string, string?> environment) =>
        !string.IsNullOrEmpty(environment("NO_COLOR")) || environment("TERM") is "dumb";

    private static IAnsiConsole Render(TextWriter writer, bool rich)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = rich ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = rich ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = rich ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!rich)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return console;
    }
}
