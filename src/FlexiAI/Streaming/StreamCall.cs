using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Asks for a stream, and reads it up to its first content: until then a failure is as unseen as that of a whole reply.</summary>
internal readonly struct StreamCall(ChatRequest request) : IProviderCall<OpenStream>
{
    private const int MostHeldUpdates = 64;

    public string Operation => "chat";

    public bool CanBeServedBy(Provider provider) => true;

    public (TimeSpan Limit, string What) ClockFor(Provider provider) =>
        (provider.Options.FirstTokenTimeout is { } first && first < provider.Options.Timeout ? first : provider.Options.Timeout, "first content");

    public async ValueTask<Outcome<OpenStream>> InvokeAsync(AttemptScope attempt)
    {
        var provider = attempt.Provider;
        var stream = new StreamReader(
            provider.ChatClient
                .GetStreamingResponseAsync(request.Messages, request.OptionsFor(provider), attempt.Token)
                .GetAsyncEnumerator(attempt.Token),
            attempt.Token);
        var open = new OpenStream(stream, new StreamTally());
        try
        {
            while (await stream.MoveNextAsync().ConfigureAwait(false))
            {
                open.Held.Add(stream.Current);
                if (open.Tally.Add(stream.Current) || open.Held.Count == MostHeldUpdates)
                {
                    attempt.Clock.Pause();
                    return open;
                }
            }

            AnswerCheck.ThrowIfEmpty(open.Tally.FinishReason, open.Tally.Error);
            attempt.Clock.Pause();
            return open;
        }
        catch (Exception e)
        {
            attempt.Usage = open.Tally.Usage;
            open.Tally.Dispose();
            if (e is not StreamAbandonedException)
            {
                _ = stream.CloseAsync();
            }

            return e;
        }
    }
}
