using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Anthropic.Core;
using FlexiAI.Testing;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace FlexiAI.Tests;

/// <summary>The official SDKs on a simulated provider, their retries and timeouts off.</summary>
internal static class Clients
{
    public const string Key = "sk-test-0123456789abcdefghijklmnop";

    public static IChatClient Chat(this SimulatedProvider provider, string model = "a-model", string key = Key) => provider.Wire switch
    {
        SimulatedWire.OpenAI => new ChatClient(model, new ApiKeyCredential(key), OpenAIOptions(provider)).AsIChatClient(),
        SimulatedWire.Anthropic => new AnthropicClient(new ClientOptions
        {
            ApiKey = key,
            BaseUrl = provider.BaseUrl,
            MaxRetries = 0,
            HttpClient = Http(),
        }).AsIChatClient(model, 1000),
        _ => throw new NotSupportedException("There is no official Google SDK among the packages."),
    };

    public static IEmbeddingGenerator<string, Embedding<float>> Embeddings(this SimulatedProvider provider) =>
        new EmbeddingClient("an-embedding-model", new ApiKeyCredential(Key), OpenAIOptions(provider)).AsIEmbeddingGenerator();

    /// <summary>Lets an abandoned stream go at once instead of waiting two seconds for its end.</summary>
    private static HttpClient Http() => new(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero }) { Timeout = Timeout.InfiniteTimeSpan };

    private static OpenAIClientOptions OpenAIOptions(SimulatedProvider provider) => new()
    {
        Endpoint = new Uri(provider.BaseUrl),
        NetworkTimeout = Timeout.InfiniteTimeSpan,
        RetryPolicy = new ClientRetryPolicy(0),
        Transport = new HttpClientPipelineTransport(Http()),
    };
}
