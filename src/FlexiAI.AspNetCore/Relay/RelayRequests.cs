using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Makes the engine's request of what a caller sent.</summary>
internal static class RelayRequests
{
    private const int LongestHeader = 1_024;

    // What a caller asks by its headers; all others are between it and the gateway.
    private static readonly string[] AskedOfAnthropic = ["anthropic-version", "anthropic-beta"];
    private static readonly string[] AskedOfOpenAI = ["OpenAI-Beta"];

    public static RelayRequest Create(RelayExchange exchange, RawBody body, Route? route, bool keepsModel)
    {
        var endpoint = exchange.Endpoint;
        return new RelayRequest(endpoint, body, HasTranslation(endpoint) ? () => ReadChat(exchange, body) : null)
        {
            Route = route,
            KeepsModel = keepsModel,
            Headers = HeadersOf(exchange.Http.Request, endpoint.Format),
            Embedding = endpoint.IsEmbeddings ? () => ReadEmbedding(exchange, body) : null,
        };
    }

    private static bool HasTranslation(RelayEndpoint endpoint) => endpoint == RelayEndpoint.Chat || endpoint == RelayEndpoint.Messages;

    private static ChatRequest ReadChat(RelayExchange exchange, RawBody body)
    {
        var chat = exchange.Wire.ReadChat(body.Bytes);
        exchange.Chat = chat;
        return new ChatRequest(chat.Messages, chat.Options, defaultTemperature: null, defaultMaxOutputTokens: null);
    }

    private static (IReadOnlyList<string> Values, EmbeddingGenerationOptions Options) ReadEmbedding(RelayExchange exchange, RawBody body)
    {
        var embedding = exchange.Embedding ??= OpenAIEmbeddingWire.Read(body.Bytes);
        return (embedding.Values, embedding.Options);
    }

    private static List<KeyValuePair<string, string>> HeadersOf(HttpRequest request, WireFormat format)
    {
        List<KeyValuePair<string, string>> headers = [];
        foreach (var name in format == WireFormat.Anthropic ? AskedOfAnthropic : AskedOfOpenAI)
        {
            if (request.Headers.TryGetValue(name, out var values))
            {
                headers.AddRange(values.OfType<string>().Select(value => KeyValuePair.Create(name, Checked(name, value))));
            }
        }

        return headers;
    }

    // Sent on, it would be the provider that seems to fail, and its circuit that opens for everybody.
    private static string Checked(string name, string value) =>
        value.Length <= LongestHeader && KeptHeaders.IsPlain(value) ? value
        : throw new RawBodyException(name, $"The header {name} is not what can be sent on; allowed: at most {LongestHeader} visible ASCII characters.");
}
