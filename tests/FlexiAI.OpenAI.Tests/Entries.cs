using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>An entry of each type for a simulated provider.</summary>
internal static class Entries
{
    public static OpenAIProvider OpenAI(SimulatedProvider simulated, string key) =>
        new() { BaseUrl = simulated.BaseUrl, ApiKey = key, Model = "gpt-4o-mini", EmbeddingModel = "text-embedding-3-small" };

    public static AzureOpenAIProvider Azure(SimulatedProvider simulated, string key) =>
        new() { BaseUrl = simulated.Origin, ApiKey = key, Model = "my-deployment", EmbeddingModel = "my-embeddings" };

    public static OpenAICompatibleProvider Compatible(SimulatedProvider simulated, string key) =>
        new() { BaseUrl = simulated.BaseUrl, ApiKey = key, Model = "llama", EmbeddingModel = "nomic", UseMaxTokens = true };
}
