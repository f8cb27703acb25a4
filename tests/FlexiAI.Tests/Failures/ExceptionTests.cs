namespace FlexiAI.Tests.Failures;

public class ExceptionTests
{
    private static readonly ProviderFailure Failure = new("openai", "You are too fast", 429, TimeSpan.FromSeconds(2.5), new InvalidOperationException("sdk"));

    public static TheoryData<FailureKind> Kinds() => [.. Enum.GetValues<FailureKind>().Where(kind => kind != FailureKind.Cancelled)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_a_subclass_that_carries_its_name_and_the_facts(FailureKind kind)
    {
        var exception = ProviderException.Create(kind, Failure);

        Assert.Equal($"Provider{kind}Exception", exception.GetType().Name);
        Assert.True(exception.GetType().IsSealed);
        Assert.Equal((kind, "openai", 429, TimeSpan.FromSeconds(2.5), "You are too fast"), (exception.Kind, exception.Provider, exception.StatusCode, exception.RetryAfter, exception.Reason));
        Assert.Same(Failure.Cause, exception.InnerException);
        Assert.Equal($"openai: {kind}, HTTP 429: You are too fast (retry after 2.5 s)", exception.Message);
    }

    [Fact]
    public void A_failure_without_status_or_named_time_says_neither()
    {
        var exception = ProviderException.Create(FailureKind.Network, new("ollama", "Connection refused", null, null, null));

        Assert.Equal("ollama: Network: Connection refused", exception.Message);
        Assert.Null(exception.StatusCode);
        Assert.Null(exception.RetryAfter);
        Assert.Null(exception.InnerException);
    }

    [Theory]
    [InlineData(FailureKind.Cancelled)]
    [InlineData((FailureKind)99)]
    public void A_cancellation_is_no_providers_failure(FailureKind kind)
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(nameof(kind), () => ProviderException.Create(kind, Failure));

        Assert.StartsWith("A cancellation is not a provider's failure.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Total_failure_lists_every_attempt_and_the_earliest_retry()
    {
        var cause = ProviderException.Create(FailureKind.ServerError, Failure);
        Attempt[] attempts =
        [
            new() { Provider = "openai", Outcome = AttemptOutcome.Failure, Kind = FailureKind.ServerError, StatusCode = 503, Reason = "Overloaded." },
            new() { Provider = "claude", Outcome = AttemptOutcome.Skipped, SkipReason = SkipReason.CircuitOpen },
            new() { Provider = "gemini", Outcome = AttemptOutcome.Failure, Kind = FailureKind.Network, Reason = "Connection refused" },
            new() { Provider = "local", Outcome = AttemptOutcome.Failure, Kind = FailureKind.Timeout },
        ];

        var exception = new AllProvidersFailedException(attempts, TimeSpan.FromSeconds(12.5), cause);

        Assert.Equal(
            "No provider answered. openai: ServerError, HTTP 503: Overloaded. claude: not asked (CircuitOpen). gemini: Network: Connection refused."
            + " local: Timeout. Retry after 12.5 s.",
            exception.Message);
        Assert.Same(attempts, exception.Attempts);
        Assert.Equal(TimeSpan.FromSeconds(12.5), exception.RetryAfter);
        Assert.Same(cause, exception.InnerException);
    }

    [Fact]
    public void Total_failure_by_isolation_says_that_only_a_reset_ends_it()
    {
        var exception = new AllProvidersFailedException(
            [new() { Provider = "openai", Outcome = AttemptOutcome.Skipped, SkipReason = SkipReason.Isolated }], retryAfter: null, lastFailure: null);

        Assert.Equal("No provider answered. openai: not asked (Isolated). Every provider is isolated until reset.", exception.Message);
        Assert.Null(exception.RetryAfter);
    }

    [Fact]
    public void An_interrupted_stream_says_how_much_arrived_and_why_it_ended()
    {
        var failure = ProviderException.Create(FailureKind.Network, new("openai", "Connection reset", null, null, null));
        Attempt[] attempts = [new() { Provider = "openai", Model = "m", Outcome = AttemptOutcome.Failure, Duration = TimeSpan.FromSeconds(1) }];

        var exception = new StreamInterruptedException(failure, "Hello", attempts);

        Assert.Equal("The answer was cut off after 5 characters. openai: Network: Connection reset", exception.Message);
        Assert.Equal(("openai", FailureKind.Network, "Hello"), (exception.Provider, exception.Kind, exception.TextSoFar));
        Assert.Same(attempts, exception.Attempts);
        Assert.Same(failure, exception.InnerException);
    }

    [Fact]
    public void An_attempt_carries_what_is_known_and_nulls_for_the_rest()
    {
        var attempt = new Attempt
        {
            Provider = "openai", Outcome = AttemptOutcome.Failure, RetryAfter = TimeSpan.FromSeconds(1), Usage = new() { TotalTokenCount = 3 },
        };

        Assert.Equal((TimeSpan.FromSeconds(1), 3L), (attempt.RetryAfter, attempt.Usage.TotalTokenCount));
        Assert.Equal((null, null, null, null, TimeSpan.Zero), (attempt.Model, attempt.Kind, attempt.SkipReason, attempt.StatusCode, attempt.Duration));
        Assert.Null(attempt.Reason);
    }
}
