namespace FlexiAI.Tests.Failures;

public class RetryAfterReaderTests
{
    private const double Year = 366 * 86_400d;

    private static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    private static double? Read(int status, string? body, params (string Name, string Value)[] headers) =>
        RetryAfterReader.Read(
            new FailureEvidence(new InvalidOperationException(), status, headers.ToDictionary(header => header.Name, header => header.Value), body),
            Now)?.TotalSeconds;

    [Theory]
    [InlineData("30", 30d)]
    [InlineData(" 30 ", 30d)]
    [InlineData("1.5", 1.5)]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("86400000000000000000000", Year)]
    [InlineData("Tue, 24 Nov 2026 10:01:30 GMT", 90d)]
    [InlineData("Tuesday, 24-Nov-26 10:01:30 GMT", 90d)]
    [InlineData("Tue Nov 24 10:01:30 2026", 90d)]
    [InlineData("2026-11-24T10:01:30Z", 90d)]
    [InlineData("Tue, 24 Nov 2026 09:59:00 GMT", null)]
    [InlineData("Tue, 24 Nov 2026 10:00:00 GMT", null)]
    [InlineData("12:30", null)]
    [InlineData("24/11/2027", null)]
    [InlineData("soon", null)]
    [InlineData("NaN", null)]
    [InlineData("", null)]
    public void Trap12_RetryAfter_IsReadAsSecondsOrDate(string value, double? expected) =>
        Assert.Equal(expected, Read(503, null, ("Retry-After", value)));

    [Fact]
    public void Trap12_ANumberBeyondEveryNumber_MeansVeryLong() =>
        Assert.Equal(Year, Read(503, null, ("Retry-After", new string('9', 400))));

    [Theory]
    [InlineData("1500", 1.5)]
    [InlineData("0", null)]
    [InlineData("-1500", null)]
    [InlineData("1e300", Year)]
    [InlineData("x", null)]
    public void Trap12_RetryAfterMs_IsReadAsMilliseconds(string value, double? expected) =>
        Assert.Equal(expected, Read(503, null, ("retry-after-ms", value)));

    [Fact]
    public void Milliseconds_are_finer_and_win_over_seconds_unless_they_are_nonsense()
    {
        Assert.Equal(1.25, Read(429, null, ("retry-after", "2"), ("retry-after-ms", "1250")));
        Assert.Equal(2, Read(429, null, ("retry-after", "2"), ("retry-after-ms", "-1")));
        Assert.Equal(2, Read(429, null, ("retry-after", "2"), ("retry-after-ms", "soon")));
    }

    [Theory]
    [InlineData("6m0s", 360d)]
    [InlineData("1s", 1d)]
    [InlineData("20ms", 0.02)]
    [InlineData("1h2m3.5s", 3723.5)]
    [InlineData("2m59.56s", 179.56)]
    [InlineData("1d1h", 90_000d)]
    [InlineData("1s500ms", 1.5)]
    [InlineData("12", 12d)]
    [InlineData("0s", null)]
    [InlineData("-1s", null)]
    [InlineData("6m 0s", null)]
    [InlineData("later", null)]
    [InlineData("", null)]
    public void Trap12_XRatelimitReset_IsReadAsADuration(string value, double? expected)
    {
        Assert.Equal(expected, Read(429, null, ("x-ratelimit-reset-requests", value)));
        Assert.Equal(expected, Read(429, null, ("x-ratelimit-reset-tokens", value), ("x-ratelimit-remaining-tokens", "0")));
    }

    [Theory]
    [InlineData("requests")]
    [InlineData("tokens")]
    [InlineData("input-tokens")]
    [InlineData("output-tokens")]
    public void Trap12_AnthropicReset_IsReadAsARfc3339Date(string window)
    {
        Assert.Equal(45, Read(429, null, ($"anthropic-ratelimit-{window}-reset", "2026-11-24T10:00:45Z")));
        Assert.Equal(45.5, Read(429, null, ($"anthropic-ratelimit-{window}-reset", "2026-11-24T11:00:45.5+01:00")));
        Assert.Null(Read(429, null, ($"anthropic-ratelimit-{window}-reset", "2026-11-24T09:00:00Z")));
        Assert.Null(Read(429, null, ($"anthropic-ratelimit-{window}-reset", "45")));
    }

    [Fact]
    public void Only_a_window_with_nothing_left_says_how_long_to_wait_and_the_longest_of_those_holds()
    {
        Assert.Equal(10, Read(
            429,
            null,
            ("x-ratelimit-remaining-requests", "0"),
            ("x-ratelimit-reset-requests", "10s"),
            ("x-ratelimit-remaining-tokens", "5"),
            ("x-ratelimit-reset-tokens", "300s")));
        Assert.Equal(300, Read(429, null, ("x-ratelimit-reset-requests", "10s"), ("x-ratelimit-reset-tokens", "300s")));
        Assert.Equal(300, Read(429, null, ("x-ratelimit-reset-requests", "300s"), ("x-ratelimit-reset-tokens", "10s")));
        Assert.Equal(20, Read(
            429,
            null,
            ("anthropic-ratelimit-requests-remaining", "49"),
            ("anthropic-ratelimit-requests-reset", "2026-11-24T10:09:00Z"),
            ("anthropic-ratelimit-tokens-remaining", "0"),
            ("anthropic-ratelimit-tokens-reset", "2026-11-24T10:00:20Z")));
    }

    [Fact]
    public void Windows_are_reported_with_every_answer_and_mean_something_at_a_429_alone()
    {
        Assert.Null(Read(500, null, ("x-ratelimit-reset-requests", "10s")));
        Assert.Null(Read(400, null, ("anthropic-ratelimit-requests-reset", "2026-11-24T10:00:20Z")));
        Assert.Equal(3, Read(429, null, ("retry-after", "3"), ("x-ratelimit-reset-requests", "10s")));
    }

    [Theory]
    [InlineData("""{"error":{"code":429,"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34s"}]}}""", 34d)]
    [InlineData("""{"error":{"details":[{ "retryDelay" : "34.074824224s" }]}}""", 34.0748242)]
    [InlineData("""{"error":{"details":[{"retryDelay":"0s"}]}}""", null)]
    [InlineData("""{"error":{"details":[{"retryDelay":"-3s"}]}}""", null)]
    [InlineData("""{"error":{"details":[{"retryDelay":34}]}}""", null)]
    [InlineData("""{"error":{"details":[]}}""", null)]
    public void Trap12_RetryInfo_IsReadFromGooglesBody(string body, double? expected) => Assert.Equal(expected, Read(429, body));

    [Fact]
    public void A_header_wins_over_the_body() =>
        Assert.Equal(2, Read(429, """{"error":{"details":[{"retryDelay":"34s"}]}}""", ("Retry-After", "2")));

    [Fact]
    public void The_body_wins_over_the_windows() =>
        Assert.Equal(34, Read(429, """{"error":{"details":[{"retryDelay":"34s"}]}}""", ("x-ratelimit-reset-requests", "10s")));

    [Fact]
    public void A_provider_that_says_zero_is_believed_whatever_its_windows_say() =>
        Assert.Null(Read(429, null, ("Retry-After", "0"), ("x-ratelimit-reset-requests", "10s")));

    [Fact]
    public void Nothing_named_is_null() => Assert.Null(Read(429, null));

    [Fact]
    public void Values_as_long_as_a_hostile_server_likes_are_read_in_time_proportional_to_their_length()
    {
        foreach (var value in new[] { new string('1', 64_000) + "x", string.Concat(Enumerable.Repeat("1.1", 20_000)), new string(' ', 64_000) })
        {
            Assert.Null(Read(429, "\"retryDelay\"" + value, ("x-ratelimit-reset-tokens", value), ("anthropic-ratelimit-tokens-reset", value)));
        }
    }
}
