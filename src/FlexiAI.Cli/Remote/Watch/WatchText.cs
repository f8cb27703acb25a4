using System.Globalization;

namespace FlexiAI.Cli;

/// <summary>A gateway's news in words, each in one line.</summary>
internal static class WatchText
{
    public static string Request(ServedRequest request) => Line(
        request.At,
        request.Outcome switch { ServedRequest.Success => request.Provider ?? "answered", var outcome => outcome },
        string.Create(CultureInfo.InvariantCulture, $"{request.Operation}, HTTP {request.Status}, {request.DurationMs:0} ms: {Attempts(request)}"));

    public static string Transition(CircuitChange change) => Line(
        change.At, "circuit", $"{change.Provider}: {change.From} -> {change.To} ({change.Cause}{(change.FailureKind is { } kind ? $", {kind}" : "")})");

    private static string Line(DateTimeOffset at, string what, string details) =>
        Printable.Line(string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}  {what,-12}  {details}"));

    private static string Attempts(ServedRequest request) => request.Attempts.Count == 0 ? "no provider was asked"
        : string.Join(", ", request.Attempts.Select(attempt => attempt.Outcome switch
        {
            ServedRequest.Success => $"{attempt.Provider} answers",
            ServedRequest.Failure => $"{attempt.Provider} fails ({attempt.Kind})",
            ServedRequest.Cancelled => $"{attempt.Provider} cancelled",
            _ => $"{attempt.Provider} skipped ({attempt.Kind})",
        }));
}
