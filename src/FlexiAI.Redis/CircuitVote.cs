namespace FlexiAI;

/// <summary>What a probe says about the provider.</summary>
internal enum CircuitVote
{
    /// <summary>It answered; enough of these close the circuit.</summary>
    Ok,

    /// <summary>It failed; one of these opens the circuit again.</summary>
    Fail,

    /// <summary>The call says nothing; its place is given back.</summary>
    Neutral,
}
