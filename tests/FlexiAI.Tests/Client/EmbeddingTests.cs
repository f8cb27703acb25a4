using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public sealed class EmbeddingTests
{
    private readonly FakeEmbeddings _first = new();
    private readonly FakeEmbeddings _second = new();
    private readonly Lab _lab = new(new FakeChat("a"), new FakeChat("chat-only"), new FakeChat("b"));

    public EmbeddingTests()
    {
        _lab.Entry("a").EmbeddingGenerator = _first;
        _lab.Entry("b").EmbeddingGenerator = _second;
    }

    [Fact]
    public async Task Embeddings_come_from_the_first_entry_that_offers_them()
    {
        var own = FakeEmbeddings.Vectors(2);
        _first.Reply = (_, _) => Task.FromResult(own);

        var embeddings = await EmbedAsync("x", "y");

        Assert.Same(own, embeddings);
        Assert.Equal("a", embeddings.Provider);
        Assert.Equal((1, 2, 1), (_lab.Stats("a").Successes, _lab.Stats("a").InputTokens, _lab.Circuit("a").SuccessCount));
    }

    [Fact]
    public async Task Embeddings_fail_over_and_an_entry_without_them_is_never_asked()
    {
        _first.Reply = (_, _) => throw Answers.Failure(FailureKind.ServerError);

        var embeddings = await EmbedAsync("x");

        Assert.Equal(["a", "b"], embeddings.Attempts.Select(attempt => attempt.Provider));
        Assert.Equal(1, _lab.Circuit("a").FailureCount);
    }

    [Fact]
    public async Task An_entry_without_embeddings_is_no_help_to_a_suspect_and_no_hope_for_a_retry()
    {
        _lab.With(entry => entry.MaxRetries = 1);
        _lab.Options.RetryDelay = TimeSpan.Zero;
        _lab.Entry("b").EmbeddingGenerator = null;
        _lab.Options.CircuitBreaker.FailureThreshold = 2;
        _first.Reply = (_, _) => throw Answers.Failure(FailureKind.ServerError);
        await Assert.ThrowsAsync<AllProvidersFailedException>(() => EmbedAsync("x"));

        var failure = await Assert.ThrowsAsync<AllProvidersFailedException>(() => EmbedAsync("x"));

        Assert.Equal(4, _first.Calls);
        Assert.Equal(TimeSpan.FromSeconds(60), failure.RetryAfter);
    }

    [Fact]
    public async Task When_no_entry_offers_embeddings_that_is_said()
    {
        (_lab.Entry("a").EmbeddingGenerator, _lab.Entry("b").EmbeddingGenerator) = (null, null);

        var failure = await Assert.ThrowsAsync<NotSupportedException>(() => EmbedAsync("x"));

        Assert.Equal("No provider offers embeddings; allowed: at least one entry with an embedding model.", failure.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_reply_with_another_number_of_vectors_is_no_answer(int count)
    {
        _first.Reply = (_, _) => Task.FromResult(count < 0 ? null! : FakeEmbeddings.Vectors(count));

        var embeddings = await EmbedAsync("x", "y");

        Assert.Equal((FailureKind.InvalidResponse, $"The reply has {Math.Max(count, 0)} embeddings for 2 values."), (embeddings.Attempts[0].Kind, embeddings.Attempts[0].Reason));
    }

    [Fact]
    public async Task A_silent_generator_times_out()
    {
        _first.Reply = (_, _) => new TaskCompletionSource<GeneratedEmbeddings<Embedding<float>>>().Task;
        var asking = EmbedAsync("x");

        _lab.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("No embeddings within 60 s.", (await asking).Attempts[0].Reason);
    }

    [Fact]
    public async Task The_model_is_the_entrys()
    {
        _lab.Entry("a").Model = "embed-1";
        var options = new EmbeddingGenerationOptions { ModelId = "other", Dimensions = 3 };

        await _lab.Client.EmbeddingGenerator.GenerateAsync(["x"], options, Lab.Stop);

        Assert.Equal((null, 3, "other"), (_first.LastOptions!.ModelId, _first.LastOptions.Dimensions, options.ModelId));
    }

    [Fact]
    public async Task No_value_is_refused()
    {
        Assert.StartsWith("values is empty; allowed: at least one value.", (await Assert.ThrowsAsync<ArgumentException>(() => EmbedAsync())).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentNullException>(() => EmbedAsync(null!));
    }

    [Fact]
    public async Task Disposing_the_generator_does_nothing()
    {
        _lab.Client.EmbeddingGenerator.Dispose();

        Assert.Equal("a", (await _lab.Client.EmbeddingGenerator.GenerateAsync(Once(), cancellationToken: Lab.Stop)).Provider);

        static IEnumerable<string> Once()
        {
            yield return "x";
        }
    }

    [Fact]
    public async Task A_generator_that_cannot_be_made_is_a_failure_of_its_attempt()
    {
        var broken = new TestProvider { Model = "m", ApiKey = "key", MakeEmbeddings = _ => throw new FileNotFoundException("credentials.json") };
        await using var client = new FlexiClient(new FlexiOptions { Providers = [broken] });

        var failure = await Assert.ThrowsAsync<AllProvidersFailedException>(() => client.EmbeddingGenerator.GenerateAsync(["x"], cancellationToken: Lab.Stop));

        Assert.Equal((FailureKind.InvalidConfiguration, "credentials.json"), (failure.Attempts[0].Kind, failure.Attempts[0].Reason));
    }

    [Fact]
    public async Task A_generator_is_made_on_first_use_once_and_disposed_with_the_client()
    {
        var (made, generator) = (0, new FakeEmbeddings());
        var entry = new TestProvider
        {
            Model = "m",
            ApiKey = "key",
            MakeEmbeddings = _ =>
            {
                made++;
                return generator;
            },
        };
        var client = new FlexiClient(new FlexiOptions { Providers = [entry, new TestProvider { Model = "m", ApiKey = "key" }] });

        await client.EmbeddingGenerator.GenerateAsync(["x"], cancellationToken: Lab.Stop);
        Assert.Equal("test", (await client.EmbeddingGenerator.GenerateAsync(["x"], cancellationToken: Lab.Stop)).Provider);
        await client.DisposeAsync();

        Assert.Equal((1, 1), (made, generator.Disposals));
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(params string[] values) =>
        await _lab.Client.EmbeddingGenerator.GenerateAsync(values, cancellationToken: Lab.Stop);
}
