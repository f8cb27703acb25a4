using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Asks for embeddings.</summary>
internal readonly struct EmbeddingCall(IReadOnlyList<string> values, EmbeddingGenerationOptions? options) : IProviderCall<GeneratedEmbeddings<Embedding<float>>>
{
    public string Operation => "embeddings";

    public bool EndsWithCallerFault => true;

    public bool HasAnotherWay(Provider provider, FailureKind kind) => false;

    public bool CanBeServedBy(Provider provider)
    {
        try
        {
            return provider.Embeddings is not null;
        }
        catch (ClientCreationException)
        {
            // Its attempt will say why.
            return true;
        }
    }

    public (TimeSpan Limit, string What) ClockFor(Provider provider) => (provider.Options.Timeout, "embeddings");

    public async ValueTask<Outcome<GeneratedEmbeddings<Embedding<float>>>> InvokeAsync(AttemptScope attempt)
    {
        var provider = attempt.Provider;
        var work = provider.Embeddings!.GenerateAsync(values, OptionsFor(provider), attempt.Token);
        var outcome = await Abandon.WaitAsync(work, attempt.Token).ConfigureAwait(false);
        if (outcome.Failure is not null)
        {
            return outcome;
        }

        var embeddings = outcome.Result;
        attempt.Usage = embeddings?.Usage;
        attempt.IsAnswered(embeddings is { Count: > 0 } ? embeddings[0].ModelId : null);
        return embeddings is not null && embeddings.Count == values.Count
            ? embeddings
            : new AnswerException(FailureKind.InvalidResponse, $"The reply has {embeddings?.Count ?? 0} embeddings for {values.Count} values.");
    }

    // The model is the entry's: its generator was made for it.
    private EmbeddingGenerationOptions? OptionsFor(Provider provider)
    {
        if (provider.Model is null || options?.ModelId is null)
        {
            return options;
        }

        var own = options.Clone();
        own.ModelId = null;
        return own;
    }
}
