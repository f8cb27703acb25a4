namespace FlexiAI.FaultWall;

/// <summary>The exception that a request ended in.</summary>
internal sealed record ReplyError
{
    /// <summary>The name of its type.</summary>
    public required string Type { get; init; }

    public string Message { get; init; } = "";

    /// <summary>Whether it is one that the client documents for providers that fail.</summary>
    public bool IsClear { get; init; }

    public FailureKind? Kind { get; init; }

    /// <summary>What the exception says the caller has received; null unless it interrupts a stream.</summary>
    public string? TextSoFar { get; init; }

    public static ReplyError Of(Exception exception) => new()
    {
        Type = exception.GetType().Name,
        Message = exception.Message,
        IsClear = exception is ProviderException or AllProvidersFailedException or StreamInterruptedException,
        Kind = exception is ProviderException failure ? failure.Kind : (exception as StreamInterruptedException)?.Kind,
        TextSoFar = (exception as StreamInterruptedException)?.TextSoFar,
    };
}
