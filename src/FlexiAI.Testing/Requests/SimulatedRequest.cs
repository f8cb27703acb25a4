using System.Text.Json;

namespace FlexiAI.Testing;

/// <summary>A request that a <see cref="SimulatedProvider"/> saw. Thread-safe.</summary>
public sealed class SimulatedRequest
{
    private readonly TaskCompletionSource<SimulatedEnding> _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile int _status;

    internal SimulatedRequest(RawRequest raw, WireCall call, int number, DateTimeOffset receivedAt, long timestamp)
    {
        (Method, Path, Query, Headers, Body, Json) = (raw.Method, raw.Path, raw.Query, raw.Headers, raw.Body, raw.Json);
        (Operation, Model, IsStreaming, Messages) = (call.Operation, call.Model, call.IsStreaming, call.Messages);
        (Number, ReceivedAt, Timestamp) = (number, receivedAt, timestamp);
    }

    /// <summary>1 for the first request of this provider, then rising by 1.</summary>
    public int Number { get; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The path, without the query.</summary>
    public string Path { get; }

    /// <summary>The query with its question mark; empty when there is none.</summary>
    public string Query { get; }

    /// <summary>The headers by name in any case; several values are joined by a comma. They hold the caller's key: do not print them.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body as text.</summary>
    public string Body { get; }

    /// <summary>The body parsed; <see langword="null"/> when it is not JSON.</summary>
    public JsonElement? Json { get; }

    /// <summary>What was asked for.</summary>
    public SimulatedOperation Operation { get; }

    /// <summary>The model asked for, from the body or the path; empty when there is none.</summary>
    public string Model { get; }

    /// <summary>Whether a streamed answer was asked for.</summary>
    public bool IsStreaming { get; }

    /// <summary>The conversation, the system instruction included.</summary>
    public IReadOnlyList<SimulatedMessage> Messages { get; }

    /// <summary>When its body had arrived, on the provider's clock.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>The same as a <see cref="TimeProvider.GetTimestamp"/> of the provider's clock, for exact differences.</summary>
    public long Timestamp { get; }

    /// <summary>The fault that was played, in words; <see langword="null"/> when there was none.</summary>
    public string? Fault { get; internal set; }

    /// <summary>The status sent; <see langword="null"/> as long as there is none.</summary>
    public int? Status
    {
        get => _status is var status and > 0 ? status : null;
        internal set => _status = value ?? 0;
    }

    /// <summary>How it ended, or <see cref="SimulatedEnding.Open"/>.</summary>
    public SimulatedEnding Ending => _ending.Task.IsCompleted ? _ending.Task.GetAwaiter().GetResult() : SimulatedEnding.Open;

    /// <summary>Whether the client went away before the reply was complete.</summary>
    public bool ClientAborted => Ending == SimulatedEnding.ClientAborted;

    /// <summary>Waits until the request has ended. The end is noted after the last byte was sent, so a client can be ahead of it.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the request.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task<SimulatedEnding> WaitForEndAsync(CancellationToken cancellationToken = default) => _ending.Task.WaitAsync(cancellationToken);

    /// <summary>Method, path and ending; no header and no body.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"#{Number} {Method} {Path}: {Ending}";

    internal void End(SimulatedEnding ending) => _ending.TrySetResult(ending);
}
