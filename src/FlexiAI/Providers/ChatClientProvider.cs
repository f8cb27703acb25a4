using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Any <see cref="IChatClient"/> as a provider entry.</summary>
/// <remarks>
/// The client's own retries should be off. The <c>FlexiClient</c> disposes it: at its own end, or when no entry has it any more. Without a <see cref="ProviderOptions.Model"/> the caller's
/// options reach the client as they are.
/// </remarks>
public sealed class ChatClientProvider : ProviderOptions
{
    private readonly IChatClient _client;

    /// <summary>Makes an entry of a client.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="client">The client.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public ChatClientProvider(string name, IChatClient client)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(client);
        Name = name;
        _client = client;
    }

    /// <summary>An embedding generator of the same provider, or null. The <c>FlexiClient</c> disposes it.</summary>
    public IEmbeddingGenerator<string, Embedding<float>>? EmbeddingGenerator { get; set; }

    /// <summary>Says what kind a failure is, or null to leave it to the engine. Default: none.</summary>
    public Func<Exception, FailureKind?>? FailureKindOf { get; set; }

    /// <summary>
    /// Whether an answer that ends without a finish reason is a failure, since it may be cut off. Default true; false is for clients that
    /// never give one.
    /// </summary>
    public bool RequireFinishReason { get; set; } = true;

    /// <inheritdoc/>
    public override string Type => "client";

    /// <inheritdoc/>
    protected internal override IEnumerable<object?> Identity => [_client, EmbeddingGenerator];

    internal override bool RequiresFinishReason => RequireFinishReason;

    internal override bool UsesHttp => false;

    /// <inheritdoc/>
    protected internal override IChatClient CreateChatClient(HttpClient httpClient) => _client;

    /// <inheritdoc/>
    protected internal override IEmbeddingGenerator<string, Embedding<float>>? CreateEmbeddingGenerator(HttpClient httpClient) => EmbeddingGenerator;

    /// <inheritdoc/>
    protected internal override FailureKind Classify(FailureEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return FailureKindOf?.Invoke(evidence.Exception) ?? base.Classify(evidence);
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Validate() =>
        base.Validate().Where(problem => !problem.StartsWith(nameof(Model), StringComparison.Ordinal));
}
