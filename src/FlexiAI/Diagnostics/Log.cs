using Microsoft.Extensions.Logging;

namespace FlexiAI;

/// <summary>Every line that the engine logs. No content of messages, no secret.</summary>
internal static partial class Log
{
    /// <summary>A provider's text as part of a line: what would begin another, or command a terminal, becomes a space.</summary>
    public static string Line(string text) =>
        text.Any(IsUnsafe) ? string.Create(text.Length, text, static (line, from) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = IsUnsafe(from[i]) ? ' ' : from[i];
            }
        })
        : text;

    private static bool IsUnsafe(char letter) => char.IsControl(letter) || letter is '\u2028' or '\u2029';

    [LoggerMessage(1, LogLevel.Warning, "Attempt at {Provider} failed: {Kind} (HTTP {StatusCode}): {Reason} after {DurationMs} ms")]
    public static partial void AttemptFailed(ILogger logger, string provider, FailureKind kind, int? statusCode, string reason, double durationMs);

    [LoggerMessage(2, LogLevel.Error, "No provider answered after {Attempts} attempts; the earliest admits a call in {RetryAfterSeconds} s")]
    public static partial void AllProvidersFailed(ILogger logger, int attempts, double? retryAfterSeconds);

    [LoggerMessage(EventId = 3, Message = "Circuit {Circuit}: {From} -> {To} ({Cause}, {Kind}); a call is admitted in {RetryAfterSeconds} s")]
    public static partial void CircuitChanged(
        ILogger logger,
        LogLevel level,
        string circuit,
        CircuitState from,
        CircuitState to,
        CircuitTransitionCause cause,
        FailureKind? kind,
        double? retryAfterSeconds);
}
