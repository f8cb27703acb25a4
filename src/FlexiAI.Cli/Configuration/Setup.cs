namespace FlexiAI.Cli;

/// <summary>Where the providers come from.</summary>
internal enum SetupSource
{
    /// <summary>A configuration file.</summary>
    File,

    /// <summary>The vendors' environment variables.</summary>
    Environment,

    /// <summary>Nothing is configured: simulated providers stand in.</summary>
    Simulation,
}

/// <summary>What the user configured, not yet checked.</summary>
/// <param name="Source">Where it is from.</param>
/// <param name="Options">The options; without providers if they are to be simulated.</param>
/// <param name="Path">The full path of the file, if it is from one.</param>
internal sealed record Setup(SetupSource Source, FlexiOptions Options, string? Path = null);
