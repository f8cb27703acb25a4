using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Asks for a whole chat reply.</summary>
internal readonly struct ChatCall(ChatRequest request) : IProviderCall<ChatResponse>
{
    public string Operation => "chat";

    public bool EndsWithCallerFault => true;

    public bool HasAnotherWay(Provider provider, FailureKind kind) => false;

    public bool CanBeServedBy(Provider provider) => true;

    public (TimeSpan Limit, string What) ClockFor(Provider provider) => (provider.Options.Timeout, "whole reply");

    public ValueTask<Outcome<ChatResponse>> InvokeAsync(AttemptScope attempt)
    {
        var provider = attempt.Provider;
        var options = request.OptionsFor(provider);
        attempt.Asks(options);
        var work = provider.ChatClient.GetResponseAsync(request.Messages, options, attempt.Token);
        return work.IsCompletedSuccessfully ? new(Check(work.GetAwaiter().GetResult(), attempt)) : WaitAsync(work, attempt);
    }

    private static async ValueTask<Outcome<ChatResponse>> WaitAsync(Task<ChatResponse> work, AttemptScope attempt)
    {
        var outcome = await Abandon.WaitAsync(work, attempt.Token).ConfigureAwait(false);
        return outcome.Failure is null ? Check(outcome.Result, attempt) : outcome;
    }

    private static Outcome<ChatResponse> Check(ChatResponse? response, AttemptScope attempt)
    {
        if (response is null)
        {
            return new AnswerException(FailureKind.InvalidResponse, "The client returned no response.");
        }

        attempt.Usage = response.Usage;
        attempt.IsAnswered(response.ModelId, response.ResponseId, response.FinishReason);
        AnswerCheck.ThrowUnlessAnswer(response, attempt.Provider.Options.RequiresFinishReason);
        return response;
    }
}
