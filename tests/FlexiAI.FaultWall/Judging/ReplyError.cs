namespace FlexiAI.FaultWall;

/// <summary>The exception that a request ended in, or the error that the gateway told.</summary>
internal sealed record ReplyError
{
    /// <summary>The name of its type; of an error of the gateway's, the status and its word for it.</summary>
    public required string Type { get; init; }

    public string Message { get; init; } = "";

    /// <summary>Whether it is one that the client documents for providers that fail, or that the wire has for them.</summary>
    public bool IsClear { get; init; }

    public FailureKind? Kind { get; init; }

    /// <summary>What the exception says the caller has received, or what came before it by the wire; null unless it interrupts a stream.</summary>
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
