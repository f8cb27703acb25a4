namespace FlexiAI.Cli;

/// <summary>What the command tells its caller.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The input was right, and it failed all the same: no provider answered, the drill went otherwise than it must.</summary>
    public const int Failure = 1;

    /// <summary>The input was wrong: an option, the configuration file, an environment variable.</summary>
    public const int BadInput = 2;

    /// <summary>Ctrl+C, by the custom of shells (128 + SIGINT).</summary>
    public const int Cancelled = 130;
}
