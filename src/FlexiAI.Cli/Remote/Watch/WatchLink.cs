namespace FlexiAI.Cli;

/// <summary>Says how the connection to a gateway is.</summary>
internal static class WatchLink
{
    public static string Of(string? problem) => problem is null ? "connected again." : $"the connection is lost, trying again: {problem}";

    public static void Write(TextWriter error, string? problem) => FailureReport.Line(error, Of(problem));
}
