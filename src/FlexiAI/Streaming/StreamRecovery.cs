namespace FlexiAI;

/// <summary>What happens to a stream that breaks off after its first content has reached the caller.</summary>
public enum StreamRecovery
{
    /// <summary>It ends in a <see cref="StreamInterruptedException"/> that holds the text so far.</summary>
    Fail,

    /// <summary>
    /// Another provider takes it up where it broke off, and the caller receives one whole answer: by a trailing assistant message where the
    /// entry accepts one (<see cref="ProviderOptions.AcceptsPrefill"/>), else from the beginning, leaving out what the caller already has.
    /// A stream in which a tool call has begun, and one whose second telling differs from the first, ends as under <see cref="Fail"/>.
    /// </summary>
    Continue,
}
