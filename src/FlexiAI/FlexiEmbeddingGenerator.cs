using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>A client's embeddings; lives and ends with the client.</summary>
internal sealed class FlexiEmbeddingGenerator(FlexiClient client) : IEmbeddingGenerator<string, Embedding<float>>
{
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        IReadOnlyList<string> list = values as IReadOnlyList<string> ?? [.. values];
        return list.Count > 0
            ? client.EmbedAsync(list, options, cancellationToken)
            : throw new ArgumentException("values is empty; allowed: at least one value.", nameof(values));
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(client) ? client
            : null;
    }

    public void Dispose()
    {
    }
}
