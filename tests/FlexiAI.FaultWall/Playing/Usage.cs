namespace FlexiAI.FaultWall;

/// <summary>The tokens that the providers report: each its own number, so that an answer's usage says whose it is.</summary>
internal static class Usage
{
    public const int Output = Answers.Tokens;

    public static int InputOf(string entry) => entry == Entries.Primary ? 1_001 : 2_002;
}
