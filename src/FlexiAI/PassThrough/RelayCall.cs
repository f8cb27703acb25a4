using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Asks a provider for what a relayed request wants: by its own bytes where the wires are the same, else through the provider's client.</summary>
internal readonly struct RelayCall(RelayRequest request, bool keepsText) : IProviderCall<RelayAnswer>
{
    public string Operation => request.Endpoint.Operation;

    public bool EndsWithCallerFault => !request.EndpointIsMissing;

    public bool HasAnotherWay(Provider provider, FailureKind kind) => false;

    public bool CanBeServedBy(Provider provider) => request.CanBeServedBy(provider);

    public (TimeSpan Limit, string What) ClockFor(Provider provider) =>
        request.Body.IsStreamed ? OpenStream.ClockFor(provider) : (provider.Options.Timeout, "whole reply");

    public ValueTask<Outcome<RelayAnswer>> InvokeAsync(AttemptScope attempt)
    {
        (request.EndpointIsMissing, request.Report) = (false, attempt.Run.Report);
        return request.Passes(attempt.Provider) ? new RawCall(request, attempt, keepsText).AskAsync() : TranslateAsync(attempt);
    }

    private async ValueTask<Outcome<RelayAnswer>> TranslateAsync(AttemptScope attempt)
    {
        if (request.Embedding is { } embedding)
        {
            var (values, options) = embedding();
            return Of(await new EmbeddingCall(values, options).InvokeAsync(attempt).ConfigureAwait(false));
        }

        return request.Body.IsStreamed
            ? Of(await new StreamCall(request.Chat).InvokeAsync(attempt).ConfigureAwait(false))
            : Of(await new ChatCall(request.Chat).InvokeAsync(attempt).ConfigureAwait(false));
    }

    private static Outcome<RelayAnswer> Of<T>(Outcome<T> outcome)
        where T : class => outcome.Failure is { } failure ? failure : new RelayAnswer(outcome.Result!);
}
