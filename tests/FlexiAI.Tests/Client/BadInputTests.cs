using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace FlexiAI.Tests;

/// <summary>Wrong input is refused with the field, the value and what is allowed.</summary>
public sealed class BadInputTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");

    public static TheoryData<string, Action<FlexiOptions>> WrongOptions => new()
    {
        { "Providers is empty; allowed: at least one provider.", options => options.Providers.Clear() },
        { "Providers is empty; allowed: at least one provider.", options => options.Providers = null! },
        { "Providers[1] (a): Name is \"a\"; allowed: a name that no other provider has.", options => options.Providers[1].Name = "a" },
        { "Providers[1] (A): Name is \"A\"; allowed: a name that no other provider has.", options => options.Providers[1].Name = "A" },
        { "Providers[0] ( ): Name is \" \"; allowed: a name without control characters, or none.", options => options.Providers[0].Name = " " },
        { "Providers[0] (a): Priority is 0; allowed: 1 and above.", options => options.Providers[0].Priority = 0 },
        { "Providers[0] (a): MaxRetries is -1; allowed: 0 to 10.", options => options.Providers[0].MaxRetries = -1 },
        { "Providers[0] (a): MaxRetries is 11; allowed: 0 to 10.", options => options.Providers[0].MaxRetries = 11 },
        { "Providers[0] (a): BaseUrl is \"ftp://x\"; allowed: an absolute http or https address.", options => options.Providers[0].BaseUrl = "ftp://x" },
        { "Providers[0] (a): BaseUrl is \"/v1\"; allowed: an absolute http or https address.", options => options.Providers[0].BaseUrl = "/v1" },
        { "Providers[0] (a): Timeout is 00:00:00; allowed: above zero and at most one day.", options => options.Providers[0].Timeout = TimeSpan.Zero },
        { "Providers[0] (a): Timeout is 2.00:00:00; allowed: above zero and at most one day.", options => options.Providers[0].Timeout = TimeSpan.FromDays(2) },
        { "Providers[0] (a): ConnectTimeout is -00:00:01; allowed: above zero and at most one day.", options => options.Providers[0].ConnectTimeout = TimeSpan.FromSeconds(-1) },
        { "Providers[0] (a): FirstTokenTimeout is 00:00:00; allowed: above zero and at most one day.", options => options.Providers[0].FirstTokenTimeout = TimeSpan.Zero },
        { "Providers[0] (a): IdleTimeout is 00:00:00; allowed: above zero and at most one day.", options => options.Providers[0].IdleTimeout = TimeSpan.Zero },
        { "CircuitBreaker.FailureThreshold is 0; allowed: 1 to 1,000,000.", options => options.CircuitBreaker.FailureThreshold = 0 },
        { "CircuitBreaker.RecoveryTimeout is 00:00:00; allowed: above zero and at most one day.", options => options.CircuitBreaker.RecoveryTimeout = TimeSpan.Zero },
        { "CircuitBreaker is null; allowed: options.", options => options.CircuitBreaker = null! },
        { "FailoverMode is 7; allowed: Immediate or WhenOpen.", options => options.FailoverMode = (FailoverMode)7 },
        { "RequestTimeout is 00:00:00; allowed: above zero and at most one day, or none.", options => options.RequestTimeout = TimeSpan.Zero },
        { "MaxAttempts is 0; allowed: 1 to 1,000.", options => options.MaxAttempts = 0 },
        { "RetryDelay is -00:00:01; allowed: zero to one minute.", options => options.RetryDelay = TimeSpan.FromSeconds(-1) },
        { "MaxRetryAfterWait is 02:00:00; allowed: zero to one hour.", options => options.MaxRetryAfterWait = TimeSpan.FromHours(2) },
        { "StreamRecovery is 7; allowed: Fail or Continue.", options => options.StreamRecovery = (StreamRecovery)7 },
        { "MaxStreamRecoveries is -1; allowed: 0 to 100.", options => options.MaxStreamRecoveries = -1 },
        { "MaxStreamRecoveries is 101; allowed: 0 to 100.", options => options.MaxStreamRecoveries = 101 },
        { "HedgeAfter is 00:00:00; allowed: above zero and at most one day, or none.", options => options.HedgeAfter = TimeSpan.Zero },
        { "HedgeAfter is 2.00:00:00; allowed: above zero and at most one day, or none.", options => options.HedgeAfter = TimeSpan.FromDays(2) },
        { "HedgeBudget is 0; allowed: above 0 to 1.", options => options.HedgeBudget = 0 },
        { "HedgeBudget is 1.5; allowed: above 0 to 1.", options => options.HedgeBudget = 1.5 },
        { "HedgeBudget is NaN; allowed: above 0 to 1.", options => options.HedgeBudget = double.NaN },
        { "DefaultTemperature is 2.5; allowed: 0 to 2, or none.", options => options.DefaultTemperature = 2.5f },
        { "DefaultTemperature is NaN; allowed: 0 to 2, or none.", options => options.DefaultTemperature = float.NaN },
        { "DefaultMaxOutputTokens is 0; allowed: 1 and above, or none.", options => options.DefaultMaxOutputTokens = 0 },
    };

    [Theory]
    [MemberData(nameof(WrongOptions), DisableDiscoveryEnumeration = true)]
    public void An_option_out_of_its_range_is_named(string message, Action<FlexiOptions> spoil)
    {
        var options = Options();
        spoil(options);

        var failure = Assert.Throws<OptionsValidationException>(() => new FlexiClient(options));

        Assert.Equal([message], failure.Failures);
    }

    [Fact]
    public void Every_problem_is_named_at_once()
    {
        var options = Options();
        (options.MaxAttempts, options.Providers[1].Priority, options.CircuitBreaker.HalfOpenMaxCalls) = (0, -3, 0);

        Assert.Equal(3, Assert.Throws<OptionsValidationException>(() => new FlexiClient(options)).Failures.Count());
    }

    [Theory]
    [InlineData("", "Providers[0] (test): Model is empty; allowed: the name of a model.")]
    [InlineData("  ", "Providers[0] (test): Model is \"  \"; allowed: the name of a model.")]
    [InlineData(null, "Providers[0] (test): Model is null; allowed: the name of a model.")]
    public void An_empty_model_is_named(string? model, string message)
    {
        var options = new FlexiOptions { Providers = [new TestProvider { ApiKey = "key", Model = model! }] };

        Assert.Equal([message], Assert.Throws<OptionsValidationException>(() => new FlexiClient(options)).Failures);
    }

    [Fact]
    public void A_missing_key_is_named_by_its_type()
    {
        var options = new FlexiOptions { Providers = [new TestProvider { Model = "m" }], Environment = _ => null };

        Assert.Equal(
            ["Providers[0] (test): ApiKey is missing; allowed: a key, or the environment variable TEST_API_KEY."],
            Assert.Throws<OptionsValidationException>(() => new FlexiClient(options)).Failures);
    }

    [Fact]
    public void A_null_entry_and_null_options_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new FlexiClient(null!));
        Assert.StartsWith(
            "A provider entry is null; allowed: an entry.",
            Assert.Throws<ArgumentException>(() => new FlexiClient(new FlexiOptions { Providers = [null!] })).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Null_and_empty_messages_are_refused_before_anyone_is_asked(bool streamed)
    {
        using var lab = new Lab(_a);

        Assert.StartsWith("messages is empty; allowed: at least one message.", (await Refused<ArgumentException>([])).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "messages[1] is null; allowed: a message.", (await Refused<ArgumentException>([new(ChatRole.User, "x"), null!])).Message, StringComparison.Ordinal);
        Assert.Equal("messages", (await Refused<ArgumentNullException>(null!)).ParamName);
        Assert.Equal((0, 0), (_a.Calls, lab.Client.GetRequestStats().TotalRequests));

        Task<T> Refused<T>(ChatMessage[] messages)
            where T : Exception => Assert.ThrowsAsync<T>(() => streamed
                ? lab.Client.GetStreamingResponseAsync(messages, cancellationToken: Lab.Stop).ToChatResponseAsync(Lab.Stop)
                : lab.Client.GetResponseAsync(messages, cancellationToken: Lab.Stop));
    }

    [Fact]
    public void An_unknown_name_is_refused_with_the_names_there_are()
    {
        using var lab = new Lab(_a, _b);
        Action<string>[] commands = [lab.Client.ResetCircuitBreakers, name => lab.Client.IsolateProvider(name), lab.Client.SetPrimaryProvider];

        Assert.All(commands, command =>
        {
            var failure = Assert.Throws<ArgumentException>(() => command("c"));
            Assert.Equal(("provider", "No provider is named \"c\"; allowed: a, b. (Parameter 'provider')"), (failure.ParamName, failure.Message));
        });
        Assert.Throws<ArgumentNullException>("provider", () => lab.Client.IsolateProvider(null!));
        Assert.Throws<ArgumentNullException>("provider", () => lab.Client.SetPrimaryProvider(null!));
    }

    [Fact]
    public async Task A_disposed_client_says_so()
    {
        var lab = new Lab(_a);
        lab.Entry("a").EmbeddingGenerator = new FakeEmbeddings();
        await lab.Client.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => lab.AskAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => lab.AskAsync(streamed: true));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => lab.Client.EmbeddingGenerator.GenerateAsync(["x"], cancellationToken: Lab.Stop));
        Assert.Single(lab.Client.GetProviderStatus());
    }

    [Fact]
    public async Task A_stream_begun_after_disposal_says_so()
    {
        var lab = new Lab(_a);
        var stream = lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop);
        lab.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => stream.ToListAsync(Lab.Stop).AsTask());
    }

    [Fact]
    public void A_ChatClientProvider_needs_a_name_and_a_client()
    {
        Assert.Throws<ArgumentNullException>("name", () => new ChatClientProvider(null!, _a));
        Assert.Throws<ArgumentNullException>("client", () => new ChatClientProvider("a", null!));
    }

    private FlexiOptions Options() => new() { Providers = [new ChatClientProvider("a", _a), new ChatClientProvider("b", _b)] };
}
