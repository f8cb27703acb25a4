using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Asks for a whole chat reply.</summary>
internal readonly struct ChatCall(ChatRequest request) : IProviderCall<ChatResponse>
{
    public string Operation => "chat";

    public bool CanBeServedBy(Provider provider) => true;

    public (TimeSpan Limit, string What) ClockFor(Provider provider) => (provider.Options.Timeout, "whole reply");

    public async ValueTask<ChatResponse> InvokeAsync(AttemptScope attempt)
    {
        var provider = attempt.Provider;
        var work = provider.ChatClient.GetResponseAsync(request.Messages, request.OptionsFor(provider), attempt.Token);
        var response = await Abandon.WaitAsync(work, attempt.Token).ConfigureAwait(false)
            ?? throw new AnswerException(FailureKind.InvalidResponse, "The client returned no response.");
        attempt.Usage = response.Usage;
        AnswerCheck.ThrowUnlessAnswer(response, provider.Options.RequiresFinishReason);
        return response;
    }
}
