namespace FlexiAI.Tests;

/// <summary>How a stream ended for its caller, and so has to be counted.</summary>
internal enum Ending
{
    /// <summary>Read to its end, or left with the answer in hand.</summary>
    Succeeded,

    Failed,

    /// <summary>No provider was asked, because the circuits let nobody through.</summary>
    Refused,

    Cancelled,
}
