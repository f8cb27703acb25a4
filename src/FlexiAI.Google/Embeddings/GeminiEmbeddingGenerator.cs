using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Embeddings by the Gemini API's <c>batchEmbedContents</c>.</summary>
internal sealed class GeminiEmbeddingGenerator(GoogleConnection connection, string model, string vendor)
    : GoogleEmbeddingGenerator(new EmbeddingGeneratorMetadata(vendor, connection.Root, model))
{
    protected override async Task<IReadOnlyList<GeminiEmbedding>> EmbedAsync(
        string[] texts, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        var asked = options?.ModelId ?? model;
        var name = asked.Contains('/') ? asked : $"models/{asked}";
        var request = new GeminiEmbeddingRequest(
            [.. texts.Select(text => new GeminiEmbedContent(name, new GeminiContent { Parts = [new GeminiPart { Text = text }] }, options?.Dimensions))]);
        var body = JsonSerializer.SerializeToUtf8Bytes(request, GoogleJson.Default.GeminiEmbeddingRequest);
        var answer = await connection.CallAsync(asked, "batchEmbedContents", body, GoogleJson.Default.GeminiEmbeddingResponse, cancellationToken)
            .ConfigureAwait(false);
        return answer.Embeddings ?? [];
    }
}
