namespace FlexiAI.Tests;

/// <summary>From what a client threw to what the caller is told.</summary>
public sealed class FailureReaderTests
{
    private readonly TestProvider _entry = new() { Name = "x", Model = "m", ApiKey = "the-secret-key", Password = "the-secret-password" };

    [Theory]
    [InlineData(FailureKind.Cancelled)]
    [InlineData((FailureKind)99)]
    public void A_kind_that_cannot_be_is_replaced_by_the_engines_own(FailureKind nonsense)
    {
        _entry.Classifier = _ => nonsense;

        Assert.Equal(FailureKind.Network, Read(new IOException("reset")).Kind);
    }

    [Fact]
    public void A_classifier_that_throws_is_replaced_by_the_engines_own()
    {
        _entry.Classifier = _ => throw new InvalidOperationException();

        Assert.Equal(FailureKind.Network, Read(new IOException("reset")).Kind);
    }

    [Fact]
    public void A_classifier_of_a_ChatClientProvider_speaks_first_and_may_leave_it_to_the_engine()
    {
        var entry = new ChatClientProvider("x", new FakeChat("x")) { FailureKindOf = e => e is IOException ? FailureKind.QuotaExhausted : null };

        Assert.Equal(FailureKind.QuotaExhausted, entry.Classify(new FailureEvidence(new IOException())));
        Assert.Equal(FailureKind.Timeout, entry.Classify(new FailureEvidence(new TimeoutException())));
    }

    [Fact]
    public void Secrets_leave_neither_the_words_nor_the_cause()
    {
        var report = Read(new IOException("Refused the-secret-key and the-secret-password", new IOException("inner")));

        Assert.DoesNotContain("the-secret", report.Exception.ToString(), StringComparison.Ordinal);
        Assert.Null(report.Exception.InnerException);
        Assert.Equal("Refused [redacted] and [redacted] inner", report.Exception.Reason);
    }

    [Fact]
    public void The_providers_own_message_is_the_reason()
    {
        var exchange = new HttpExchange { StatusCode = 429, Headers = new Dictionary<string, string> { ["retry-after"] = "7" }, ErrorBody = """{"error":{"message":"Slow down."}}""" };

        var report = FailureReader.Read(Provider(), new InvalidOperationException("noise"), exchange, DateTimeOffset.UnixEpoch);

        Assert.Equal((FailureKind.RateLimited, TimeSpan.FromSeconds(7), "Slow down.", 429), (report.Kind, report.RetryAfter, report.Exception.Reason, report.Exception.StatusCode));
    }

    [Fact]
    public void Long_words_are_cut()
    {
        Assert.Equal(1_001, Read(new IOException(new string('x', 100_000))).Exception.Reason.Length);
        Assert.Equal(1_000, Read(new IOException(new string('x', 1_000))).Exception.Reason.Length);
    }

    [Fact]
    public void The_cause_of_a_cause_is_told_once()
    {
        Assert.Equal("outer innermost", Read(new IOException("outer", new IOException("middle", new IOException("innermost")))).Exception.Reason);
        Assert.Equal("outer: inner", Read(new IOException("outer: inner", new IOException("inner"))).Exception.Reason);
    }

    [Fact]
    public void A_nested_client_that_is_all_open_is_left_alone_until_it_says()
    {
        Assert.Equal(TimeSpan.FromSeconds(9), Read(new AllProvidersFailedException([], TimeSpan.FromSeconds(9), null)).RetryAfter);
        Assert.Null(Read(new AllProvidersFailedException([], TimeSpan.Zero, null)).RetryAfter);
        Assert.Equal(FailureKind.ServerError, Read(new AllProvidersFailedException([], null, null)).Kind);
    }

    private Provider Provider() => new(_entry, new CircuitBreakerOptions(), TimeProvider.System);

    private FailureReport Read(Exception exception) => FailureReader.Read(Provider(), exception, exchange: null, DateTimeOffset.UnixEpoch);
}
