using System.Globalization;

namespace FlexiAI;

/// <summary>The facts of one provider's failure, secrets already removed.</summary>
/// <param name="Provider">The entry's name.</param>
/// <param name="Reason">The provider's or the client's words.</param>
/// <param name="StatusCode">The HTTP status, if a response arrived.</param>
/// <param name="RetryAfter">How long the provider asked to be left alone.</param>
/// <param name="Cause">What the client threw; null if its text holds a secret.</param>
internal sealed record ProviderFailure(string Provider, string Reason, int? StatusCode, TimeSpan? RetryAfter, Exception? Cause)
{
    public string ToString(FailureKind kind)
    {
        var status = StatusCode is { } code ? string.Create(CultureInfo.InvariantCulture, $", HTTP {code}") : "";
        var wait = RetryAfter is { } time ? string.Create(CultureInfo.InvariantCulture, $" (retry after {time.TotalSeconds:0.###} s)") : "";
        return $"{Provider}: {kind}{status}: {Reason}{wait}";
    }
}
