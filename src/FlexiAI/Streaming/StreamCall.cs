using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Asks for a stream.</summary>
internal readonly struct StreamCall(ChatRequest request) : IProviderCall<OpenStream>
{
    public string Operation => "chat";

    public bool EndsWithCallerFault => true;

    public bool HasAnotherWay(Provider provider, FailureKind kind) => false;

    public bool CanBeServedBy(Provider provider) => true;

    public (TimeSpan Limit, string What) ClockFor(Provider provider) => OpenStream.ClockFor(provider);

    public ValueTask<Outcome<OpenStream>> InvokeAsync(AttemptScope attempt) =>
        OpenStream.OpenAsync(attempt, request.Messages, request.OptionsFor(attempt.Provider));
}
