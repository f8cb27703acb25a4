using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public sealed class OperationsTests
{
    private readonly FakeChat _openai = new("openai");
    private readonly FakeChat _anthropic = new("anthropic");

    [Fact]
    public async Task The_status_tells_what_the_guide_prints()
    {
        using var lab = new Lab(_openai, _anthropic);
        lab.Entry("openai").Model = "gpt-4o-mini";
        await lab.OpenAsync(_openai);
        await lab.AskAsync();
        await lab.AskAsync();

        var (openai, anthropic) = (lab.Status("openai"), lab.Status("anthropic"));

        Assert.Equal(("openai", "client", "gpt-4o-mini", 1, false), (openai.Name, openai.Type, openai.Model, openai.Priority, openai.Healthy));
        var circuit = openai.CircuitBreaker;
        Assert.Equal("Failures: 3/3", $"Failures: {circuit.FailureCount}/{circuit.Options.FailureThreshold}");
        Assert.Equal((CircuitState.Open, 0, FailureKind.ServerError), (circuit.State, circuit.SuccessCount, circuit.LastFailureKind));
        Assert.Equal((lab.Time.GetUtcNow(), TimeSpan.FromSeconds(60)), (circuit.LastFailureTime, circuit.RetryAfter));
        Assert.Equal((null, true, 5), (anthropic.Model, anthropic.Healthy, anthropic.CircuitBreaker.SuccessCount));
        Assert.Null(anthropic.CircuitBreaker.LastFailureTime);
    }

    [Fact]
    public async Task The_statistics_tell_what_each_provider_did()
    {
        using var lab = new Lab(_openai, _anthropic);
        _openai.Failing(FailureKind.Timeout);
        _anthropic.Reply = _ =>
        {
            lab.Time.Advance(TimeSpan.FromSeconds(1.5));
            return Task.FromResult(Answers.Text("x"));
        };
        await lab.AskAsync();
        _openai.Failing(FailureKind.Network);
        await lab.AskAsync();

        var stats = lab.Client.GetRequestStats();

        Assert.Equal((2, 2, 0, 0, "anthropic"), (stats.TotalRequests, stats.SuccessfulRequests, stats.FailedRequests, stats.CancelledRequests, stats.LastUsedProvider));
        Assert.Equal(["openai", "anthropic"], stats.Providers.Select(provider => provider.Name));
        var (openai, anthropic) = (stats.Providers[0], stats.Providers[1]);
        Assert.Equal((2, 0, TimeSpan.Zero), (openai.Requests, openai.Successes, openai.AverageLatency));
        Assert.Equal(new Dictionary<FailureKind, long> { [FailureKind.Timeout] = 1, [FailureKind.Network] = 1 }, openai.Failures);
        Assert.Equal((2, 2, TimeSpan.FromSeconds(1.5), 6, 10), (anthropic.Requests, anthropic.Successes, anthropic.AverageLatency, anthropic.InputTokens, anthropic.OutputTokens));
        Assert.Equal("anthropic", Assert.Single(stats.ProvidersUsed).Name);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Trap21_Unknown_usage_is_not_zero_and_tokens_of_failed_attempts_are_kept(bool streamed)
    {
        using var lab = new Lab(_openai, _anthropic);
        _openai.Reply = _ => Task.FromResult(new ChatResponse { Usage = new UsageDetails { InputTokenCount = 11 } });
        _openai.Stream = _ => FakeStream.Of(Answers.Usage(11, null)).ThenFail(Answers.Failure(FailureKind.InvalidResponse));
        _anthropic.Reply = _ => Task.FromResult(Answers.Text("x", input: null, output: null));

        var response = await lab.AskAsync(streamed);

        Assert.Equal((11, null), (response.Attempts[0].Usage!.InputTokenCount, response.Attempts[0].Usage!.OutputTokenCount));
        Assert.Null(response.Attempts[1].Usage);
        Assert.Equal((11, 0, 0), (lab.Stats("openai").InputTokens, lab.Stats("openai").OutputTokens, lab.Stats("openai").UsageUnknown));
        Assert.Equal((0, 1), (lab.Stats("anthropic").InputTokens, lab.Stats("anthropic").UsageUnknown));
    }

    [Fact]
    public async Task Resetting_one_circuit_leaves_the_others()
    {
        using var lab = new Lab(_openai, _anthropic);
        await lab.OpenAsync(_openai);
        lab.Client.IsolateProvider("anthropic");

        lab.Client.ResetCircuitBreakers("OpenAI");
        Assert.Equal((CircuitState.Closed, CircuitState.Isolated), (lab.Circuit("openai").State, lab.Circuit("anthropic").State));

        lab.Client.ResetCircuitBreakers();
        Assert.Equal(CircuitState.Closed, lab.Circuit("anthropic").State);
    }

    [Fact]
    public async Task CircuitChanged_tells_each_change_in_order_also_if_a_handler_throws()
    {
        using var lab = new Lab(_openai, _anthropic);
        var seen = System.Threading.Channels.Channel.CreateUnbounded<(object?, CircuitTransition)>();
        lab.Client.CircuitChanged += (_, _) => throw new InvalidOperationException("A handler's bug.");
        lab.Client.CircuitChanged += (sender, transition) => seen.Writer.TryWrite((sender, transition));
        await lab.OpenAsync(_openai);
        lab.Client.ResetCircuitBreakers();

        var (sender, opened) = await seen.Reader.ReadAsync(Lab.Stop);
        var (_, closed) = await seen.Reader.ReadAsync(Lab.Stop);

        Assert.Same(lab.Client, sender);
        Assert.Equal(("openai", CircuitState.Open, CircuitTransitionCause.Threshold, FailureKind.ServerError), (opened.Circuit, opened.To, opened.Cause, opened.FailureKind));
        Assert.Equal((CircuitState.Closed, CircuitTransitionCause.Manual), (closed.To, closed.Cause));
    }

    [Fact]
    public async Task Options_changed_after_construction_change_nothing()
    {
        using var lab = new Lab(_openai, _anthropic);
        _ = lab.Client;
        var entry = lab.Entry("openai");
        (entry.Name, entry.Priority, entry.MaxRetries, entry.Model) = ("other", 9, 10, "other");
        (lab.Options.CircuitBreaker.FailureThreshold, lab.Options.MaxAttempts, lab.Options.FailoverMode) = (1, 1, FailoverMode.WhenOpen);
        lab.Options.CircuitBreaker.CountedFailures.Clear();
        (lab.Options.DefaultTemperature, lab.Options.DefaultMaxOutputTokens) = (1, 1);
        lab.Options.Providers.Clear();
        _openai.Failing(FailureKind.ServerError);

        Assert.Equal(["openai", "anthropic"], (await lab.AskAsync()).Attempts.Select(attempt => attempt.Provider));

        Assert.Equal((1, CircuitState.Closed, 3), (lab.Circuit("openai").FailureCount, lab.Circuit("openai").State, lab.Circuit("openai").Options.FailureThreshold));
        Assert.Null(_anthropic.LastCall.Options);
    }

    [Fact]
    public void GetService_gives_the_client_and_its_embeddings()
    {
        using var lab = new Lab(_openai);
        var embeddings = lab.Client.EmbeddingGenerator;

        Assert.Same(lab.Client, lab.Client.GetService<FlexiClient>());
        Assert.Same(embeddings, lab.Client.GetService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.Equal("flexiai", lab.Client.GetService<ChatClientMetadata>()!.ProviderName);
        Assert.Null(lab.Client.GetService<FlexiClient>("key"));
        Assert.Null(lab.Client.GetService<FakeChat>());
        Assert.Same(lab.Client, embeddings.GetService<FlexiClient>());
        Assert.Same(embeddings, embeddings.GetService<IEmbeddingGenerator>());
        Assert.Null(embeddings.GetService<FlexiClient>("key"));
        Assert.Null(embeddings.GetService<FakeChat>());
    }
}
