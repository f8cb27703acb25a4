using System.Globalization;

namespace FlexiAI.Cli;

/// <summary>One attempt in words.</summary>
internal static class AttemptText
{
    public static string Of(Attempt attempt) => attempt.Outcome switch
    {
        AttemptOutcome.Success => $"answered in {Words.Seconds(attempt.Duration)}",
        AttemptOutcome.Skipped => $"skipped ({Words.Of(attempt.SkipReason)})",
        AttemptOutcome.Cancelled => "cancelled",
        _ => Failure(attempt),
    };

    private static string Failure(Attempt attempt)
    {
        var status = attempt.StatusCode is { } code ? string.Create(CultureInfo.InvariantCulture, $", HTTP {code}") : "";
        var reason = string.IsNullOrWhiteSpace(attempt.Reason) ? "" : $": {attempt.Reason.Trim()}";
        return $"{attempt.Kind}{status} after {Words.Seconds(attempt.Duration)}{reason}";
    }
}
