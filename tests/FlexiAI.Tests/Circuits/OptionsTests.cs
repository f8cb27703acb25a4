namespace FlexiAI.Tests.Circuits;

public class OptionsTests
{
    [Fact]
    public void The_defaults_are_the_guides()
    {
        var options = new CircuitBreakerOptions();

        Assert.Equal((5, TimeSpan.FromSeconds(60), 1), (options.FailureThreshold, options.RecoveryTimeout, options.HalfOpenMaxCalls));
        Assert.Equal((1d, 0d), (options.RecoveryBackoffFactor, options.RecoveryJitter));
        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10)), (options.MaxRecoveryTimeout, options.MaxRetryAfter));
        Assert.Equal(
            [FailureKind.ContextTooLong, FailureKind.ContentFiltered, FailureKind.InvalidRequest, FailureKind.Cancelled],
            Enum.GetValues<FailureKind>().Except(options.CountedFailures));
    }

    [Fact]
    public void The_presets_have_the_guides_numbers()
    {
        static (int, double, int) Of(CircuitBreakerOptions options) =>
            (options.FailureThreshold, options.RecoveryTimeout.TotalSeconds, options.HalfOpenMaxCalls);

        Assert.Equal((2, 10d, 1), Of(CircuitBreakerOptions.Development));
        Assert.Equal((3, 30d, 1), Of(CircuitBreakerOptions.HighAvailability));
        Assert.Equal((10, 300d, 1), Of(CircuitBreakerOptions.CostSensitive));
        Assert.NotSame(CircuitBreakerOptions.Development, CircuitBreakerOptions.Development);
    }

    private const string OneDay = "above zero and at most one day";

    public static TheoryData<string, string, string> OutOfRange() => new()
    {
        { "FailureThreshold", "0", "1 to 1,000,000" },
        { "FailureThreshold", "-1", "1 to 1,000,000" },
        { "FailureThreshold", "1000001", "1 to 1,000,000" },
        { "HalfOpenMaxCalls", "0", "1 to 1,000" },
        { "HalfOpenMaxCalls", "1001", "1 to 1,000" },
        { "RecoveryBackoffFactor", "0.99", "1 to 100" },
        { "RecoveryBackoffFactor", "100.5", "1 to 100" },
        { "RecoveryBackoffFactor", "NaN", "1 to 100" },
        { "RecoveryJitter", "-0.1", "0 to 1" },
        { "RecoveryJitter", "1.1", "0 to 1" },
        { "RecoveryJitter", "NaN", "0 to 1" },
        { "RecoveryTimeout", "00:00:00", OneDay },
        { "RecoveryTimeout", "-00:00:01", OneDay },
        { "RecoveryTimeout", "1.00:00:00.0000001", OneDay },
        { "MaxRecoveryTimeout", "00:00:00", OneDay },
        { "MaxRecoveryTimeout", "2.00:00:00", OneDay },
        { "MaxRetryAfter", "-00:00:01", OneDay },
        { "MaxRetryAfter", "10675199.02:48:05.4775807", OneDay },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void A_value_out_of_range_is_refused_with_name_value_and_what_is_allowed(string name, string value, string allowed)
    {
        var thrown = Assert.Throws<ArgumentException>(() => new CircuitBreaker("b", With(name, value)));

        Assert.StartsWith($"CircuitBreaker.{name} is {value}; allowed: {allowed}.", thrown.Message, StringComparison.Ordinal);
        Assert.Equal("options", thrown.ParamName);
    }

    [Theory]
    [InlineData("FailureThreshold", "1")]
    [InlineData("FailureThreshold", "1000000")]
    [InlineData("HalfOpenMaxCalls", "1")]
    [InlineData("HalfOpenMaxCalls", "1000")]
    [InlineData("RecoveryBackoffFactor", "1")]
    [InlineData("RecoveryBackoffFactor", "100")]
    [InlineData("RecoveryJitter", "0")]
    [InlineData("RecoveryJitter", "1")]
    [InlineData("RecoveryTimeout", "00:00:00.0000001")]
    [InlineData("RecoveryTimeout", "1.00:00:00")]
    [InlineData("MaxRecoveryTimeout", "1.00:00:00")]
    [InlineData("MaxRetryAfter", "1.00:00:00")]
    public void The_ends_of_each_range_are_allowed(string name, string value) => Assert.Empty(With(name, value).Validate());

    [Fact]
    public void Every_problem_is_named_at_once()
    {
        var thrown = Assert.Throws<ArgumentException>(() => new CircuitBreaker("b", new() { FailureThreshold = 0, HalfOpenMaxCalls = 0 }));

        Assert.StartsWith(
            "CircuitBreaker.FailureThreshold is 0; allowed: 1 to 1,000,000. CircuitBreaker.HalfOpenMaxCalls is 0; allowed: 1 to 1,000.",
            thrown.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void CountedFailures_may_be_empty_but_hold_neither_null_nor_Cancelled_nor_an_undefined_kind()
    {
        Assert.Empty(new CircuitBreakerOptions { CountedFailures = new HashSet<FailureKind>() }.Validate());

        Assert.Contains("CountedFailures is null; allowed: a set", Assert.Single(new CircuitBreakerOptions { CountedFailures = null! }.Validate()), StringComparison.Ordinal);
        Assert.Contains("CountedFailures is Cancelled; allowed: any kind but Cancelled", Problem(FailureKind.Cancelled), StringComparison.Ordinal);
        Assert.Contains("CountedFailures is 99;", Problem((FailureKind)99), StringComparison.Ordinal);

        static string Problem(FailureKind kind) =>
            Assert.Single(new CircuitBreakerOptions { CountedFailures = new HashSet<FailureKind> { FailureKind.Timeout, kind } }.Validate());
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_circuit_needs_a_name(string name) =>
        Assert.Equal("name", Assert.Throws<ArgumentException>(() => new CircuitBreaker(name)).ParamName);

    [Fact]
    public void Options_changed_after_the_circuit_was_made_change_nothing()
    {
        var options = new CircuitBreakerOptions { FailureThreshold = 2 };
        var circuit = new CircuitUnderTest(options);
        options.FailureThreshold = 1;
        options.CountedFailures.Clear();
        circuit.Breaker.Options.FailureThreshold = 1;
        circuit.Breaker.Options.CountedFailures.Clear();

        circuit.Fail();

        Assert.Equal((CircuitState.Closed, 1), (circuit.State, circuit.Status.FailureCount));
    }

    [Fact]
    public void Without_options_and_clock_a_circuit_works_with_the_defaults_and_the_systems_clock()
    {
        var breaker = new CircuitBreaker("b");
        for (var i = 0; i < 5; i++)
        {
            Assert.True(breaker.TryEnter(out var permit));
            permit.Failure();
        }

        Assert.Equal("b", breaker.Name);
        Assert.Equal(CircuitState.Open, breaker.GetStatus().State);
    }

    private static CircuitBreakerOptions With(string name, string value)
    {
        var property = typeof(CircuitBreakerOptions).GetProperty(name)!;
        var options = new CircuitBreakerOptions();
        property.SetValue(options, System.ComponentModel.TypeDescriptor.GetConverter(property.PropertyType).ConvertFromInvariantString(value));
        return options;
    }
}
