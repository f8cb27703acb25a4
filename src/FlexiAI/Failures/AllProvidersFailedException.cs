using System.Globalization;
using System.Text;

namespace FlexiAI;

/// <summary>No provider answered: each failed, or its circuit let no call through.</summary>
public sealed class AllProvidersFailedException : Exception
{
    internal AllProvidersFailedException(IReadOnlyList<Attempt> attempts, TimeSpan? retryAfter, Exception? lastFailure)
        : base(Describe(attempts, retryAfter), lastFailure)
    {
        Attempts = attempts;
        RetryAfter = retryAfter;
    }

    /// <summary>Every attempt of the request in order, the providers that were not asked included.</summary>
    public IReadOnlyList<Attempt> Attempts { get; }

    /// <summary>
    /// The earliest moment at which any provider admits a call, from now: zero if one does already, null if all are isolated.
    /// </summary>
    public TimeSpan? RetryAfter { get; }

    private static string Describe(IReadOnlyList<Attempt> attempts, TimeSpan? retryAfter)
    {
        var text = new StringBuilder("No provider answered.");
        foreach (var attempt in attempts)
        {
            text.Append(' ').Append(attempt.Provider).Append(": ");
            if (attempt.Outcome == AttemptOutcome.Skipped)
            {
                text.Append("not asked (").Append(attempt.SkipReason).Append(").");
                continue;
            }

            text.Append(attempt.Kind);
            if (attempt.StatusCode is { } status)
            {
                text.Append(CultureInfo.InvariantCulture, $", HTTP {status}");
            }

            if (!string.IsNullOrWhiteSpace(attempt.Reason))
            {
                text.Append(": ").Append(attempt.Reason.TrimEnd('.'));
            }

            text.Append('.');
        }

        return retryAfter is { } wait
            ? text.Append(CultureInfo.InvariantCulture, $" Retry after {wait.TotalSeconds:0.###} s.").ToString()
            : text.Append(" Every provider is isolated until reset.").ToString();
    }
}
