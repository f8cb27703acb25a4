using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace FlexiAI;

/// <summary>What every provider of the OpenAI wire format has: OpenAI itself, Azure OpenAI, and the servers that speak alike.</summary>
public abstract class OpenAIWireProvider : ProviderOptions
{
    private protected OpenAIWireProvider()
    {
    }

    /// <summary>The model for embeddings. Default null: this entry offers none.</summary>
    public string? EmbeddingModel { get; set; }

    /// <inheritdoc/>
    protected override IEnumerable<object?> Identity => [EmbeddingModel];

    /// <inheritdoc/>
    protected override IChatClient CreateChatClient(HttpClient httpClient) => CreateClients(httpClient).CreateChat(Model);

    /// <inheritdoc/>
    protected override IEmbeddingGenerator<string, Embedding<float>>? CreateEmbeddingGenerator(HttpClient httpClient) =>
        EmbeddingModel is { } model ? CreateClients(httpClient).CreateEmbeddings(model) : null;

    /// <inheritdoc/>
    protected override ProviderWire? CreateWire() => new(WireFormat.OpenAI, Endpoint, AuthorizeAsync) { EmbeddingModel = EmbeddingModel };

    /// <inheritdoc/>
    protected override FailureKind Classify(FailureEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        evidence = OpenAIFailures.OpenReply(evidence);
        return OpenAIFailures.Find(evidence) ?? base.Classify(evidence);
    }

    /// <inheritdoc/>
    protected override bool BeginsToolCall(ChatResponseUpdate update) =>
        update?.RawRepresentation is StreamingChatCompletionUpdate { ToolCallUpdates.Count: > 0 };

    /// <inheritdoc/>
    protected override IEnumerable<string> Validate()
    {
        foreach (var problem in base.Validate())
        {
            yield return problem;
        }

        if (string.IsNullOrWhiteSpace(ApiKey))
        {
            if (KeyIsMissing is { } allowed)
            {
                yield return $"ApiKey is empty; allowed: {allowed}.";
            }
        }
        else if (!ApiKey.All(c => c is > ' ' and <= '~'))
        {
            yield return "ApiKey has a character that an HTTP header cannot carry; allowed: visible ASCII, no line break.";
        }

        if (EmbeddingModel is { } model && string.IsNullOrWhiteSpace(model))
        {
            yield return "EmbeddingModel is empty; allowed: the name of a model, or none.";
        }
    }

    /// <summary>What is allowed as a key; null where none is needed.</summary>
    private protected abstract string? KeyIsMissing { get; }

    private protected abstract AuthenticationPolicy CreateAuthentication();

    private protected abstract Uri Endpoint { get; }

    /// <summary>What <see cref="CreateAuthentication"/> does, for a request that passes by the SDK.</summary>
    private protected virtual ValueTask AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(ApiKey))
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {ApiKey}");
        }

        return default;
    }

    private protected virtual OpenAIClients CreateClients(HttpClient httpClient) => new(httpClient, Endpoint, CreateAuthentication());
}
