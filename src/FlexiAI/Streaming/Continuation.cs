using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>
/// How a stream that broke off is taken up: by a trailing assistant message where the provider goes on from one, else from the beginning.
/// </summary>
internal sealed class Continuation
{
    private readonly ChatRequest _request;
    private readonly string _received;
    private readonly string _given;
    private readonly IReadOnlyList<ChatMessage>? _prefilled;
    private readonly ConcurrentDictionary<Provider, bool> _refused = new();

    /// <param name="request">What the caller asked.</param>
    /// <param name="received">The text that the caller has.</param>
    public Continuation(ChatRequest request, string received)
    {
        (_request, _received) = (request, received);

        // White space at the end of a prefill is refused (Anthropic), so the provider is to say it again.
        _given = received.TrimEnd();
        _prefilled = Prefill(request.Messages, _given);
    }

    /// <summary>Asks one provider to take the stream up.</summary>
    public ValueTask<Outcome<OpenStream>> AskAsync(AttemptScope attempt)
    {
        var options = _request.OptionsFor(attempt.Provider);
        return IsPrefilledFor(attempt.Provider)
            ? OpenStream.OpenAsync(attempt, _prefilled!, options, new Overlap(_given, _received[_given.Length..]))
            : OpenStream.OpenAsync(attempt, _request.Messages, options, new Overlap("", _received));
    }

    /// <summary>Whether it was the trailing message that a provider has just refused. From now on it is asked without.</summary>
    public bool WasRefusedByPrefill(Provider provider, FailureKind kind) =>
        kind is FailureKind.InvalidRequest or FailureKind.ContextTooLong && IsPrefilledFor(provider) && _refused.TryAdd(provider, true);

    private bool IsPrefilledFor(Provider provider) =>
        _prefilled is not null && provider.Options.AcceptsPrefill && !_refused.ContainsKey(provider);

    // Two trailing assistant messages would not be one text.
    private static IReadOnlyList<ChatMessage>? Prefill(IReadOnlyList<ChatMessage> messages, string text) => messages[^1] switch
    {
        _ when text.Length == 0 => null,
        { } last when last.Role != ChatRole.Assistant => [.. messages, new(ChatRole.Assistant, text)],
        { } own when own.Contents.All(content => content is TextContent) => [.. messages.SkipLast(1), new(ChatRole.Assistant, own.Text + text)],
        _ => null,
    };
}

/// <summary>Asks for a stream that takes up one that broke off.</summary>
internal readonly struct ContinuationCall(Continuation continuation) : IProviderCall<OpenStream>
{
    public string Operation => "chat";

    // One provider took the request: it is not the caller who is at fault.
    public bool EndsWithCallerFault => false;

    public bool CanBeServedBy(Provider provider) => true;

    public (TimeSpan Limit, string What) ClockFor(Provider provider) => OpenStream.ClockFor(provider);

    public ValueTask<Outcome<OpenStream>> InvokeAsync(AttemptScope attempt) => continuation.AskAsync(attempt);

    public bool HasAnotherWay(Provider provider, FailureKind kind) => continuation.WasRefusedByPrefill(provider, kind);
}
