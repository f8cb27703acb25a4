namespace FlexiAI;

/// <summary>A stream died after its first content had reached the caller: what was received is not the whole answer.</summary>
public sealed class StreamInterruptedException : Exception
{
    internal StreamInterruptedException(ProviderException failure, string textSoFar, IReadOnlyList<Attempt> attempts, string? diverged = null)
        : base(
            $"The answer was cut off after {textSoFar.Length} characters. {failure.Message}"
            + (diverged is null ? "" : $" The answer of \"{diverged}\" does not begin with what was received."),
            failure)
    {
        Provider = failure.Provider;
        Kind = failure.Kind;
        TextSoFar = textSoFar;
        Attempts = attempts;
    }

    /// <summary>The name of the entry whose stream died.</summary>
    public string Provider { get; }

    /// <summary>How it died.</summary>
    public FailureKind Kind { get; }

    /// <summary>The text that the caller received before.</summary>
    public string TextSoFar { get; }

    /// <summary>Every attempt of the request in order.</summary>
    public IReadOnlyList<Attempt> Attempts { get; }
}
