using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace FlexiAI;

/// <summary>How long a provider asked to be left alone, in every form the vendors use; null if it did not say, or said a time already past.</summary>
/// <remarks>
/// RFC 9110 section 10.2.3 (seconds or a date), <c>retry-after-ms</c> (OpenAI and Azure), <c>x-ratelimit-reset-*</c> (durations such as
/// <c>6m0s</c>), <c>anthropic-ratelimit-*-reset</c> (RFC 3339 dates), and Google's <c>RetryInfo.retryDelay</c> in the body.
/// </remarks>
internal static partial class RetryAfterReader
{
    public static TimeSpan? Read(FailureEvidence evidence, DateTimeOffset now)
    {
        var wait = Milliseconds(evidence.Header("retry-after-ms"))
            ?? SecondsOrDate(evidence.Header("retry-after"), now)
            ?? RetryInfo(evidence)
            ?? (evidence.StatusCode == 429 ? ExhaustedWindows(evidence, now) : null);
        return wait > TimeSpan.Zero ? wait : null;
    }

    private static TimeSpan? Milliseconds(string? text) => Number(text) is { } value ? Span(value / 1000) : null;

    private static TimeSpan? SecondsOrDate(string? text, DateTimeOffset now) =>
        Number(text) is { } seconds ? Span(seconds)
        : (RetryConditionHeaderValue.TryParse(text, out var parsed) ? parsed.Date : Timestamp(text)) is { } date ? date - now
        : null;

    private static TimeSpan? RetryInfo(FailureEvidence evidence) =>
        evidence.Body is { } body && Number(RetryDelay().Match(body).Groups["seconds"].Value) is { } seconds ? Span(seconds) : null;

    // Both vendors report every window, full or not: only one with nothing left says how long to wait.
    private static TimeSpan? ExhaustedWindows(FailureEvidence evidence, DateTimeOffset now)
    {
        string[] windows = ["requests", "tokens"], anthropicWindows = [.. windows, "input-tokens", "output-tokens"];
        var waits = windows
            .Where(window => Number(evidence.Header($"x-ratelimit-remaining-{window}")) is null or 0)
            .Select(window => Duration(evidence.Header($"x-ratelimit-reset-{window}")));
        var anthropicWaits = anthropicWindows
            .Where(window => Number(evidence.Header($"anthropic-ratelimit-{window}-remaining")) is null or 0)
            .Select(window => Timestamp(evidence.Header($"anthropic-ratelimit-{window}-reset")) - now);
        return waits.Concat(anthropicWaits).Max();
    }

    /// <summary>A duration such as <c>1h2m3.5s</c>, <c>250ms</c> or a bare number of seconds.</summary>
    private static TimeSpan? Duration(string? text)
    {
        if (text is null || Number(text) is { } bare)
        {
            return Number(text) is { } seconds ? Span(seconds) : null;
        }

        // What is no duration has no parts, and so names no time.
        var match = GoDuration().Match(text);
        double Part(string name) => Number(match.Groups[name].Value) ?? 0;
        return Span((((Part("d") * 24) + Part("h")) * 3600) + (Part("m") * 60) + Part("s") + (Part("ms") / 1000));
    }

    // A negative number is no delay (RFC 9110), so that it says nothing; one beyond double's range is infinite, and very long.
    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0 ? value : null;

    private static DateTimeOffset? Timestamp(string? text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : null;

    // A provider that names a century means "very long"; the circuit cuts it to its own cap.
    private static TimeSpan Span(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(366).TotalSeconds));

    [GeneratedRegex("\"retryDelay\"\\s*:\\s*\"(?<seconds>\\d+(?:\\.\\d+)?)s\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex RetryDelay();

    [GeneratedRegex(
        @"^(?=.)(?:(?<d>\d+(?:\.\d+)?)d)?(?:(?<h>\d+(?:\.\d+)?)h)?(?:(?<m>\d+(?:\.\d+)?)m(?!s))?(?:(?<s>\d+(?:\.\d+)?)s)?(?:(?<ms>\d+(?:\.\d+)?)ms)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex GoDuration();
}
