namespace FlexiAI.Testing;

/// <summary>What a <see cref="SimulatedProvider"/> does with a conversation whose last message is the assistant's.</summary>
public enum SimulatedPrefill
{
    /// <summary>As the vendor does: Anthropic continues, OpenAI and Google begin anew.</summary>
    WireDefault,

    /// <summary>The answer goes on where that message ends, when the whole answer begins with it; otherwise it begins anew.</summary>
    Continue,

    /// <summary>The answer begins anew.</summary>
    Ignore,

    /// <summary>The request is refused with status 400.</summary>
    Reject,
}
