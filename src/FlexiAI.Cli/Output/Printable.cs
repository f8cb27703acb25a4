namespace FlexiAI.Cli;

/// <summary>Makes text from outside fit for a terminal.</summary>
internal static class Printable
{
    /// <summary>The text without control characters but tab and line break: a model's answer must not steer the terminal.</summary>
    public static string Of(string text) =>
        text.Any(IsUnsafe) ? string.Concat(text.Select(letter => IsUnsafe(letter) ? '\uFFFD' : letter)) : text;

    /// <summary>The same in one line, for what must stay one.</summary>
    public static string Line(string text) => Of(text.ReplaceLineEndings(" "));

    private static bool IsUnsafe(char letter) => char.IsControl(letter) && letter is not ('\t' or '\n' or '\r');
}
