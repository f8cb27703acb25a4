using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>What a caller of the gateway asks, as the engine needs it: the body in its own wire, and how it would be asked of another.</summary>
internal sealed class RelayRequest : IDisposable
{
    private readonly Lazy<ChatRequest>? _chat;

    /// <summary>Makes a request.</summary>
    /// <param name="endpoint">What is asked for.</param>
    /// <param name="body">The body; disposed with the request.</param>
    /// <param name="chat">Reads the body as a chat for a provider of another wire; null if no other wire has the like.</param>
    public RelayRequest(RelayEndpoint endpoint, RawBody body, Func<ChatRequest>? chat = null)
    {
        (Endpoint, Body) = (endpoint, body);
        _chat = chat is null ? null : new Lazy<ChatRequest>(chat);
    }

    public RelayEndpoint Endpoint { get; }

    public RawBody Body { get; }

    /// <summary>Who may be asked, and in which order; null for all by priority.</summary>
    public Route? Route { get; init; }

    /// <summary>Whether the model in the body is the caller's own way to name one that no entry is configured for, and is kept.</summary>
    public bool KeepsModel { get; init; }

    /// <summary>Headers of the caller's that are part of what it asks.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Reads the body as texts to embed for a provider of another wire; null where it asks for something else.</summary>
    public Func<(IReadOnlyList<string> Values, EmbeddingGenerationOptions Options)>? Embedding { get; init; }

    /// <summary>Whether it is a chat that a provider of another wire could be asked.</summary>
    public bool IsChat => _chat is not null;

    /// <summary>The request as a chat. What it throws says why it cannot be one.</summary>
    public ChatRequest Chat => _chat!.Value;

    /// <summary>Whether the entry has said that it does not know the endpoint at all.</summary>
    public bool EndpointIsMissing { get; set; }

    /// <summary>The attempts so far; null where nobody was asked.</summary>
    public RequestReport? Report { get; set; }

    /// <summary>The model that an entry is asked for, as JSON; null if the body's own is kept.</summary>
    public byte[]? ModelFor(Provider provider, ProviderWire wire) =>
        KeepsModel ? null
        : (Endpoint.IsEmbeddings ? wire.EmbeddingModel : provider.Model) is { } model ? JsonSerializer.SerializeToUtf8Bytes(model, RawModelJson.Default.String)
        : null;

    /// <summary>Whether the entry can be asked, in its own wire or in another.</summary>
    public bool CanBeServedBy(Provider provider)
    {
        if (Route is not null && !Route.Includes(provider))
        {
            return false;
        }

        try
        {
            return Passes(provider)
                ? !Endpoint.IsEmbeddings || provider.Wire!.EmbeddingModel is not null
                : Embedding is not null ? provider.Embeddings is not null : IsReadable();
        }
        catch (ClientCreationException)
        {
            // Its attempt will say why.
            return true;
        }
    }

    /// <summary>Whether the entry speaks the request's own wire.</summary>
    public bool Passes(Provider provider) => provider.Wire?.Format == Endpoint.Format;

    public void Dispose() => Body.Dispose();

    private bool IsReadable()
    {
        if (_chat is null)
        {
            return false;
        }

        try
        {
            _ = Chat;
            return true;
        }
        catch (Exception)
        {
            // It asks for what other wires do not have. If no entry is left, the caller is told so.
            return false;
        }
    }
}

/// <summary>An endpoint of a wire.</summary>
/// <param name="Format">The wire.</param>
/// <param name="Path">The path under the wire's address, such as <c>/chat/completions</c>.</param>
/// <param name="Operation">The operation's name in telemetry.</param>
/// <param name="Dialect">Reads its replies.</param>
internal sealed record RelayEndpoint(WireFormat Format, string Path, string Operation, RawDialect Dialect)
{
    public static RelayEndpoint Chat { get; } = new(WireFormat.OpenAI, "/chat/completions", "chat", new OpenAIChatDialect());

    public static RelayEndpoint Embeddings { get; } = new(WireFormat.OpenAI, "/embeddings", "embeddings", new OpenAIEmbeddingsDialect()) { IsEmbeddings = true };

    public static RelayEndpoint Responses { get; } = new(WireFormat.OpenAI, "/responses", "chat", new OpenAIResponsesDialect());

    public static RelayEndpoint Messages { get; } = new(WireFormat.Anthropic, "/messages", "chat", new AnthropicDialect());

    private static readonly OpenAIChatDialect Completions = new();
    private static readonly PlainDialect Plain = new();

    /// <summary>Whether it makes embeddings, which have a model of their own.</summary>
    public bool IsEmbeddings { get; private init; }

    /// <summary>Whether not every server of the wire has it: one that does not is neither at fault nor the last to be asked.</summary>
    public bool IsOptional { get; private init; }

    /// <summary>Any other endpoint of Anthropic's wire about messages, such as that which counts their tokens.</summary>
    /// <param name="path">Its path.</param>
    public static RelayEndpoint OtherMessages(string path) => new(WireFormat.Anthropic, path, "pass_through", Plain) { IsOptional = true };

    /// <summary>Any other endpoint of OpenAI's wire.</summary>
    /// <param name="path">Its path.</param>
    public static RelayEndpoint Other(string path) => path == "/completions"
        ? new(WireFormat.OpenAI, path, "text_completion", Completions) { IsOptional = true }
        : new(WireFormat.OpenAI, path, "pass_through", Plain) { IsOptional = true };
}

/// <summary>Writes the name of a model as JSON.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class RawModelJson : System.Text.Json.Serialization.JsonSerializerContext;
