using System.Globalization;

namespace FlexiAI.FaultWall;

/// <summary>The answer that both providers give: sixty words, no two alike, over several lines, not all of them ASCII.</summary>
internal static class Answers
{
    public const int Tokens = 60;

    private static readonly string[] Words =
        [.. Enumerable.Range(1, Tokens).Select(i => string.Create(CultureInfo.InvariantCulture, $"{Separator(i)}{(i % 7 == 0 ? "wörter🙂" : "word")}{i}"))];

    /// <summary>All of it.</summary>
    public static string Whole { get; } = First(Tokens);

    /// <summary>Like the answer for some words, then another.</summary>
    public static string DivergingAfter(int words) =>
        First(words) + string.Concat(Words[words..].Select(word => word.Replace("w", "W", StringComparison.Ordinal)));

    /// <summary>Its beginning. A simulated provider sends each word with the white space before it as one token.</summary>
    public static string First(int words) => string.Concat(Words.Take(words));

    private static string Separator(int word) => word == 1 ? "" : word % 10 == 1 ? "\n\n" : " ";
}
