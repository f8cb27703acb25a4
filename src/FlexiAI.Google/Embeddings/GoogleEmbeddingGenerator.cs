using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>What Google's two ways to embeddings have in common.</summary>
internal abstract class GoogleEmbeddingGenerator(EmbeddingGeneratorMetadata metadata) : IEmbeddingGenerator<string, Embedding<float>>
{
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] texts = [.. values];
        if (texts.Length == 0)
        {
            return [];
        }

        var embeddings = await EmbedAsync(texts, options, cancellationToken).ConfigureAwait(false);
        if (embeddings.Count != texts.Length || embeddings.Any(embedding => embedding.Values is not { Length: > 0 }))
        {
            throw new GoogleApiException($"The provider gave {embeddings.Count} embeddings for {texts.Length} texts, or empty ones.");
        }

        var model = options?.ModelId ?? metadata.DefaultModelId;
        return new GeneratedEmbeddings<Embedding<float>>(embeddings.Select(embedding => new Embedding<float>(embedding.Values) { ModelId = model }))
        {
            Usage = Usage(embeddings),
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    // The HTTP client is the entry's.
    public void Dispose()
    {
    }

    protected abstract Task<IReadOnlyList<GeminiEmbedding>> EmbedAsync(
        string[] texts, EmbeddingGenerationOptions? options, CancellationToken cancellationToken);

    // Only Vertex AI counts.
    private static UsageDetails? Usage(IReadOnlyList<GeminiEmbedding> embeddings)
    {
        if (embeddings.All(embedding => embedding.Statistics?.TokenCount is null))
        {
            return null;
        }

        var tokens = (long)embeddings.Sum(embedding => embedding.Statistics?.TokenCount ?? 0);
        return new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens };
    }
}
