namespace FlexiAI.Tests;

public sealed class RetryRulesTests
{
    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(1, 1, 200)]
    [InlineData(2, 0.5, 200)]
    [InlineData(2, 1, 400)]
    [InlineData(4, 0.25, 400)]
    public void Waits_are_random_from_zero_to_a_bound_that_doubles(int tries, double random, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Wait(FailureKind.Network, tries, retryAfter: null, random));

    [Fact]
    public void The_default_randomness_stays_within_the_bounds()
    {
        var rules = new RetryRules(new FailoverSettings
        {
            Mode = FailoverMode.Immediate,
            FailOverOnCallerFaults = false,
            RequestTimeout = null,
            MaxAttempts = 10,
            RetryDelay = TimeSpan.FromMilliseconds(200),
            MaxRetryAfterWait = TimeSpan.FromSeconds(2),
        });

        var waits = Enumerable.Range(0, 1_000).Select(_ => rules.WaitBeforeRetry(Report(FailureKind.ServerError, null), 1, 2)!.Value).ToList();

        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromMilliseconds(200)));
        Assert.True(waits.Distinct().Count() > 500);
    }

    [Theory]
    [InlineData(1000, 1000)]
    [InlineData(2000, 2000)]
    [InlineData(50, 200)]
    [InlineData(2001, null)]
    public void A_named_time_is_waited_for_unless_it_is_too_long(int retryAfter, int? milliseconds) =>
        Assert.Equal(Span(milliseconds), Wait(FailureKind.ServerError, 1, Span(retryAfter), random: 1));

    [Theory]
    [InlineData(1, 1500, 1500)]
    [InlineData(1, 2500, null)]
    [InlineData(1, null, null)]
    [InlineData(2, 1500, null)]
    public void A_rate_limit_is_waited_out_once_if_its_time_is_known_and_short(int tries, int? retryAfter, int? milliseconds) =>
        Assert.Equal(Span(milliseconds), Wait(FailureKind.RateLimited, tries, Span(retryAfter), random: 1));

    [Fact]
    public void No_more_tries_than_one_and_MaxRetries()
    {
        Assert.NotNull(Wait(FailureKind.Network, 2, null, random: 1, maxRetries: 2));
        Assert.Null(Wait(FailureKind.Network, 3, null, random: 1, maxRetries: 2));
        Assert.Null(Wait(FailureKind.RateLimited, 1, TimeSpan.FromSeconds(1), random: 1, maxRetries: 0));
    }

    private static TimeSpan? Wait(FailureKind kind, int tries, TimeSpan? retryAfter, double random, int maxRetries = 10) =>
        new RetryRules(new FailoverSettings
        {
            Mode = FailoverMode.Immediate,
            FailOverOnCallerFaults = false,
            RequestTimeout = null,
            MaxAttempts = 10,
            RetryDelay = TimeSpan.FromMilliseconds(200),
            MaxRetryAfterWait = TimeSpan.FromSeconds(2),
            Random = () => random,
        }).WaitBeforeRetry(Report(kind, retryAfter), tries, maxRetries);

    private static FailureReport Report(FailureKind kind, TimeSpan? retryAfter) => new(kind, retryAfter, Answers.Failure(kind, retryAfter));

    private static TimeSpan? Span(int? milliseconds) => milliseconds is { } value ? TimeSpan.FromMilliseconds(value) : null;
}
