using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>A request for embeddings.</summary>
/// <param name="Values">The texts.</param>
/// <param name="Options">Dimensions, where asked for; <c>ModelId</c> null.</param>
/// <param name="AsBase64">Whether the vectors are wanted as base64 of little-endian floats, which OpenAI's SDKs ask for.</param>
internal sealed record WireEmbedding(IReadOnlyList<string> Values, EmbeddingGenerationOptions Options, bool AsBase64);
