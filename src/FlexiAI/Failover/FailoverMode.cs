namespace FlexiAI;

/// <summary>When a failing request goes on to the next provider.</summary>
public enum FailoverMode
{
    /// <summary>At once: the caller sees a failure only if every provider fails.</summary>
    Immediate,

    /// <summary>
    /// Once the circuit is open: a counted failure surfaces to the caller until the provider's circuit opens; from then on the next provider
    /// serves. A failed probe does not surface: its request goes on to the next provider.
    /// </summary>
    WhenOpen,
}
