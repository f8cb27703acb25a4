using System.Text.Json.Serialization;

namespace FlexiAI;

/// <summary>The body of Gemini's <c>batchEmbedContents</c>.</summary>
internal sealed record GeminiEmbeddingRequest(IReadOnlyList<GeminiEmbedContent> Requests);

internal sealed record GeminiEmbedContent(string Model, GeminiContent Content, int? OutputDimensionality);

internal sealed record GeminiEmbeddingResponse(IReadOnlyList<GeminiEmbedding>? Embeddings);

internal sealed record GeminiEmbedding(float[]? Values, VertexEmbeddingStatistics? Statistics);

/// <summary>The body of Vertex AI's <c>predict</c> for an embedding model.</summary>
internal sealed record VertexEmbeddingRequest(IReadOnlyList<VertexEmbeddingInstance> Instances, VertexEmbeddingParameters? Parameters);

internal sealed record VertexEmbeddingInstance(string Content);

internal sealed record VertexEmbeddingParameters(int? OutputDimensionality);

internal sealed record VertexEmbeddingResponse(IReadOnlyList<VertexEmbeddingPrediction>? Predictions);

internal sealed record VertexEmbeddingPrediction(GeminiEmbedding? Embeddings);

internal sealed record VertexEmbeddingStatistics([property: JsonPropertyName("token_count")] double? TokenCount);
