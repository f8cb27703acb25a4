namespace FlexiAI;

/// <summary>A failure with everything the engine decides by, and the exception that tells it to the caller.</summary>
internal readonly record struct FailureReport(FailureKind Kind, TimeSpan? RetryAfter, ProviderException Exception);

/// <summary>Turns what a client threw into a failure of a kind, told without secrets.</summary>
internal static class FailureReader
{
    private const int LongestReason = 1_000;

    public static FailureReport Read(Provider provider, Exception exception, HttpExchange? exchange, DateTimeOffset now)
    {
        if (exception is AnswerException unusable)
        {
            return Report(unusable.Kind, provider, unusable.Message, exchange?.StatusCode, retryAfter: null, cause: null);
        }

        if (exception is ClientCreationException)
        {
            return Report(FailureKind.InvalidConfiguration, provider, exception.Message, status: null, retryAfter: null, exception.InnerException);
        }

        var evidence = new FailureEvidence(exception, exchange?.StatusCode, exchange?.Headers, exchange?.ErrorBody);
        return Report(
            KindOf(provider, evidence),
            provider,
            evidence.ErrorMessage ?? Words(evidence),
            evidence.StatusCode,
            RetryAfterReader.Read(evidence, now) ?? NamedBy(exception),
            exception);
    }

    private static FailureKind KindOf(Provider provider, FailureEvidence evidence)
    {
        try
        {
            // A cancellation is the caller's alone: the engine has told it before this.
            var kind = provider.Options.Classify(evidence);
            return Enum.IsDefined(kind) && kind != FailureKind.Cancelled ? kind : HttpFailures.Classify(evidence);
        }
        catch (Exception)
        {
            // A classifier of a user's that throws must not take the request with it.
            return HttpFailures.Classify(evidence);
        }
    }

    // A client of ours within this one.
    private static TimeSpan? NamedBy(Exception exception) => exception switch
    {
        ProviderException provider => provider.RetryAfter,
        AllProvidersFailedException all when all.RetryAfter > TimeSpan.Zero => all.RetryAfter,
        _ => null,
    };

    // SDKs wrap; the innermost words are the cause's own.
    private static string Words(FailureEvidence evidence) =>
        evidence.Exception.InnerException is { } inner && !evidence.Exception.Message.Contains(inner.GetBaseException().Message, StringComparison.Ordinal)
            ? $"{evidence.Exception.Message} {inner.GetBaseException().Message}"
            : evidence.Exception.Message;

    private static FailureReport Report(FailureKind kind, Provider provider, string reason, int? status, TimeSpan? retryAfter, Exception? cause)
    {
        var redacted = provider.Redactor.Redact(reason.Length <= LongestReason * 4 ? reason : reason[..(LongestReason * 4)]);
        var failure = new ProviderFailure(
            provider.Name,
            redacted.Length <= LongestReason ? redacted : string.Concat(redacted.AsSpan(0, LongestReason), "…"),
            status,
            retryAfter,
            cause is not null && provider.Redactor.FindsSecretIn(cause) ? null : cause);
        return new FailureReport(kind, retryAfter, ProviderException.Create(kind, failure));
    }
}
