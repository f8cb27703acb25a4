using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>One request of a caller's wire and its reply: what is known of both so far.</summary>
internal sealed class RelayExchange(HttpContext http, RelayEndpoint endpoint, TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();
    private Relayed? _relayed;
    private string _outcome = ServedRequest.Failure;
    private TimeSpan? _firstContent;
    private IReadOnlyList<Attempt>? _attempts;

    public HttpContext Http => http;

    public RelayEndpoint Endpoint => endpoint;

    public TimeProvider Time => time;

    /// <summary>The wire that the caller speaks.</summary>
    public CallerWire Wire { get; } = endpoint.Format == WireFormat.Anthropic ? AnthropicCallerWire.Instance : OpenAICallerWire.Instance;

    /// <summary>The request as a chat, once it was read as one.</summary>
    public WireChat? Chat { get; set; }

    /// <summary>The request as texts to embed, once it was read as that.</summary>
    public WireEmbedding? Embedding { get; set; }

    public bool IsStreamed { get; set; }

    /// <summary>What the engine is asked; null until it is.</summary>
    public RelayRequest? Request { get; set; }

    /// <summary>Whether an error within the stream would be understood.</summary>
    public bool CanTellInStream => IsStreamed && endpoint.Dialect.FinishesStreams;

    /// <summary>Takes note of who answers, and tells the caller.</summary>
    public void AnsweredBy(Relayed relayed)
    {
        _relayed = relayed;
        SignAnswer();
    }

    /// <summary>Tells the caller who answers, in the reply's headers.</summary>
    public void SignAnswer()
    {
        if (_relayed is null)
        {
            return;
        }

        var headers = http.Response.Headers;
        headers["x-flexiai-provider"] = HeaderText(_relayed.Provider.Name);
        headers["x-flexiai-model"] = HeaderText(Model);
        headers["x-flexiai-attempts"] = _relayed.Run.Attempts.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>What a reply that is written here says of itself.</summary>
    /// <param name="provider">Who answers; the first one where it is left out.</param>
    public WireAnswer Answer(Provider? provider = null) =>
        new(GatewayRequest.Of(http).Id, (provider ?? _relayed!.Provider).Model ?? "", time.GetUtcNow());

    /// <summary>Something of a stream is about to be sent.</summary>
    public void Receives() => _firstContent ??= time.GetElapsedTime(_startedAt);

    public void Succeeded() => _outcome = ServedRequest.Success;

    public void Cancelled() => _outcome = ServedRequest.Cancelled;

    public void Failed(Exception failure) => _attempts = failure switch
    {
        AllProvidersFailedException all => all.Attempts,
        StreamInterruptedException cut => cut.Attempts,
        _ => null,
    };

    public ServedRequest ToServedRequest()
    {
        var attempts = _attempts ?? Request?.Report?.Attempts ?? [];
        var usage = attempts.LastOrDefault(attempt => attempt.Outcome == AttemptOutcome.Success)?.Usage;
        var provider = _relayed?.Content is RelayedStream stream ? stream.Provider : _relayed?.Provider;
        return new ServedRequest(
            GatewayRequest.Of(http).Id,
            time.GetUtcNow(),
            endpoint.Operation,
            endpoint.Format == WireFormat.Anthropic ? "anthropic" : "openai",
            _outcome,
            provider?.Name,
            provider is null ? null : provider == _relayed!.Provider ? Model : provider.Model,
            http.Response.StatusCode,
            Math.Round(time.GetElapsedTime(_startedAt).TotalMilliseconds, 1),
            IsStreamed && _firstContent is { } first ? Math.Round(first.TotalMilliseconds, 1) : null,
            IsStreamed,
            usage?.InputTokenCount,
            usage?.OutputTokenCount,
            [.. attempts.Select(ServedAttempt.Of)]);
    }

    // The model as the provider itself names it, where its reply does: a text of the provider's like any other.
    private string Model => RelayErrors.Shorten(_relayed!.Provider.Redactor.Redact(ModelTold));

    private string ModelTold => (_relayed!.Content switch
    {
        RawReply reply => reply.Tally.Model,
        RelayedStream { Begun: { } begun } => begun.Model,
        GeneratedEmbeddings<Embedding<float>> => _relayed.Provider.EmbeddingModel,
        ChatResponse response => response.ModelId,
        _ => null,
    }) ?? _relayed.Provider.Model ?? "";

    // Headers are ASCII; whatever else a name has goes as it would in an address.
    private static string HeaderText(string text) => KeptHeaders.IsPlain(text) ? text : Uri.EscapeDataString(text);
}
