using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Embeddings by Vertex AI's <c>predict</c>.</summary>
internal sealed class VertexEmbeddingGenerator(GoogleConnection connection, string model, string vendor)
    : GoogleEmbeddingGenerator(new EmbeddingGeneratorMetadata(vendor, connection.Root, model))
{
    protected override async Task<IReadOnlyList<GeminiEmbedding>> EmbedAsync(
        string[] texts, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        var asked = options?.ModelId ?? model;

        // The Gemini embedding models take one text a request, the older ones many.
        var size = asked.Contains("gemini-embedding", StringComparison.OrdinalIgnoreCase) ? 1 : texts.Length;
        List<GeminiEmbedding> embeddings = [];
        foreach (var chunk in texts.Chunk(size))
        {
            var request = new VertexEmbeddingRequest(
                [.. chunk.Select(text => new VertexEmbeddingInstance(text))],
                options?.Dimensions is { } dimensions ? new VertexEmbeddingParameters(dimensions) : null);
            var body = JsonSerializer.SerializeToUtf8Bytes(request, GoogleJson.Default.VertexEmbeddingRequest);
            var answer = await connection.CallAsync(asked, "predict", body, GoogleJson.Default.VertexEmbeddingResponse, cancellationToken)
                .ConfigureAwait(false);
            embeddings.AddRange((answer.Predictions ?? []).Select(prediction => prediction.Embeddings).OfType<GeminiEmbedding>());
        }

        return embeddings;
    }
}
