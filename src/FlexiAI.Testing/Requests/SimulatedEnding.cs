namespace FlexiAI.Testing;

/// <summary>How a request to a <see cref="SimulatedProvider"/> ended.</summary>
public enum SimulatedEnding
{
    /// <summary>It has not ended yet.</summary>
    Open,

    /// <summary>The whole answer was sent.</summary>
    Answered,

    /// <summary>An error status was sent.</summary>
    Refused,

    /// <summary>A fault spoiled the reply: reset, cut, left half-way, or filled with nonsense.</summary>
    Broken,

    /// <summary>The client went away first.</summary>
    ClientAborted,

    /// <summary>The provider was stopped first.</summary>
    ProviderStopped,
}
