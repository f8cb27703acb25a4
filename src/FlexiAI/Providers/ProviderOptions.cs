using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>
/// One provider entry: an endpoint, a key and a model, under a name of its own and with a circuit of its own. Two entries of one type
/// are normal. Derived classes say how to make the client and how to read its failures.
/// </summary>
public abstract class ProviderOptions
{
    /// <summary>
    /// The entry's name, by which answers, status and commands speak of it; unique without regard to letter case. Default: the type,
    /// and for the second unnamed entry of a type the type and <c>-2</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>The type's name in configuration, such as <c>openai</c>.</summary>
    public abstract string Type { get; }

    /// <summary>The order of asking: 1 first. Equal priorities take turns. 1 and above; default 1.</summary>
    public int Priority { get; set; } = 1;

    /// <summary>The secret key. Default: the type's usual environment variable. Never shown in a status, a message or a log.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The model that every request to this entry is made for, whatever model the caller's options name.</summary>
    public string Model { get; set; } = "";

    /// <summary>The root of the API, an absolute http or https address. Default: the vendor's own.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>
    /// How long one attempt may take: the whole reply, or, streamed, the time until the first content. Above zero, at most one day; default 60 s.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a new connection may take: name lookup, TCP and TLS together. By the client's time, but for a tunnel through a proxy: that is
    /// given up in real time and up to 1 s later. Above zero; default 5 s.
    /// </summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a stream may take until its first content, if shorter than <see cref="Timeout"/>. Default null: off.</summary>
    public TimeSpan? FirstTokenTimeout { get; set; }

    /// <summary>How long a stream may be silent between two updates; the time the caller holds an update does not count. Above zero; default 30 s.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Further attempts at this entry after a server error or a network failure, within one request: 0 to 10. Default 2. A probe and, while
    /// another provider is available, an entry whose last call failed are never retried.
    /// </summary>
    public int MaxRetries { get; set; } = 2;

    /// <summary>Whether the model continues a trailing assistant message instead of answering it anew. Default: by type.</summary>
    public bool AcceptsPrefill { get; set; }

    /// <summary>
    /// Makes the innermost HTTP handler, for proxies, certificates and tests. Default null: a <see cref="SocketsHttpHandler"/> that is held to
    /// <see cref="ConnectTimeout"/>, with a connection lifetime of 5 minutes. A handler made here must bring its own connect timeout.
    /// </summary>
    public Func<HttpMessageHandler>? HttpHandlerFactory { get; set; }

    /// <summary>Makes the client for chat. Its own retries and timeouts must be off: the engine's are the only ones.</summary>
    /// <param name="httpClient">The entry's HTTP client, which records responses for <see cref="Classify"/>; its timeout is infinite. The engine disposes it.</param>
    protected internal abstract IChatClient CreateChatClient(HttpClient httpClient);

    /// <summary>Makes the client for embeddings, or null (the default) if this entry offers none.</summary>
    /// <param name="httpClient">As for <see cref="CreateChatClient"/>.</param>
    protected internal virtual IEmbeddingGenerator<string, Embedding<float>>? CreateEmbeddingGenerator(HttpClient httpClient) => null;

    /// <summary>
    /// Says how the entry is reached by requests that are in its wire format already, or null (the default) if all are to go through its client.
    /// Called once, when the first such request comes; what it throws is a failure of that attempt.
    /// </summary>
    protected internal virtual ProviderWire? CreateWire() => null;

    /// <summary>Says what kind of failure this is. Pure. The base knows HTTP statuses and .NET's own exceptions; a type adds its vendor's words.</summary>
    /// <param name="evidence">What the failed call left behind. Neither the caller's cancellation nor the engine's own clocks come here.</param>
    protected internal virtual FailureKind Classify(FailureEvidence evidence) => HttpFailures.Classify(evidence);

    /// <summary>
    /// Whether a streamed update without contents tells that a tool call has begun, which the client hands out when it is whole. Pure.
    /// The base says no.
    /// </summary>
    /// <param name="update">An update of this entry's client.</param>
    protected internal virtual bool BeginsToolCall(ChatResponseUpdate update) => false;

    /// <summary>
    /// The tokens that a stream has told in its raw updates, where its client hands them out only at the end, which a stream that is cut
    /// off does not reach. Pure. The base knows none: null.
    /// </summary>
    /// <param name="first">The stream's first update.</param>
    /// <param name="last">Its last update so far.</param>
    protected internal virtual UsageDetails? ReadUsage(ChatResponseUpdate first, ChatResponseUpdate last) => null;

    /// <summary>Fills in what is not configured from environment variables.</summary>
    /// <param name="read">Reads a variable; null or empty if it is not set.</param>
    protected internal virtual void UseEnvironment(Func<string, string?> read)
    {
    }

    /// <summary>What is wrong with the entry, each as "Property is value; allowed: …", the property alone as its name.</summary>
    protected internal virtual IEnumerable<string> Validate() => ProviderValidation.Validate(this);

    /// <summary>What must never be shown besides <see cref="ApiKey"/>.</summary>
    protected internal virtual IEnumerable<string?> Secrets => [];

    /// <summary>
    /// The type's own properties that its client is made of, for <c>FlexiClient.Reconfigure</c>: an entry whose identity, key, model, address,
    /// connect timeout and handler factory stay equal keeps its client and its circuit. Null (the default): not known, so that each
    /// reconfiguration makes the entry anew.
    /// </summary>
    protected internal virtual IEnumerable<object?>? Identity => null;

    /// <summary>Whether an answer without a finish reason is a failure: it may be cut off. True but for clients that never give one.</summary>
    internal virtual bool RequiresFinishReason => true;

    /// <summary>Whether the entry reaches its provider by the HTTP client given to it; if not, none is made.</summary>
    internal virtual bool UsesHttp => true;

    /// <summary>Whether the client of the one can serve the other.</summary>
    internal bool NeedsSameClientAs(ProviderOptions other) =>
        GetType() == other.GetType()
        && string.Equals(ApiKey, other.ApiKey, StringComparison.Ordinal)
        && string.Equals(Model, other.Model, StringComparison.Ordinal)
        && string.Equals(BaseUrl, other.BaseUrl, StringComparison.Ordinal)
        && ConnectTimeout == other.ConnectTimeout
        && Equals(HttpHandlerFactory, other.HttpHandlerFactory)
        && Identity is { } own && other.Identity is { } others && own.SequenceEqual(others);

    internal ProviderOptions Clone() => (ProviderOptions)MemberwiseClone();
}
