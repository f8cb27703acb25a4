using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>A stream whose first content has arrived: the updates held back until then, and the rest to come.</summary>
internal sealed class OpenStream(StreamReader rest, StreamTally tally) : IDisposable
{
    private const int MostHeldUpdates = 64;

    public StreamReader Rest => rest;

    public StreamTally Tally => tally;

    public List<ChatResponseUpdate> Held { get; } = [];

    /// <summary>What of it the caller has already, where it takes another stream up.</summary>
    public Overlap? Overlap { get; private init; }

    public static (TimeSpan Limit, string What) ClockFor(Provider provider) =>
        (provider.Options.FirstTokenTimeout is { } first && first < provider.Options.Timeout ? first : provider.Options.Timeout, "first content");

    /// <summary>Asks for a stream, and reads it up to its first content: until then a failure is as unseen as that of a whole reply.</summary>
    public static async ValueTask<Outcome<OpenStream>> OpenAsync(
        AttemptScope attempt, IEnumerable<ChatMessage> messages, ChatOptions? options, Overlap? overlap = null)
    {
        attempt.Asks(options, streamed: true);
        var stream = new StreamReader(
            attempt.Provider.ChatClient.GetStreamingResponseAsync(messages, options, attempt.Token).GetAsyncEnumerator(attempt.Token), attempt.Token);
        var open = new OpenStream(stream, new StreamTally(attempt.Provider.Options)) { Overlap = overlap };
        try
        {
            while (await stream.MoveNextAsync().ConfigureAwait(false))
            {
                open.Held.Add(stream.Current);
                if (open.Tally.Add(stream.Current) || open.Held.Count == MostHeldUpdates)
                {
                    return open.Begun(attempt);
                }
            }

            if (overlap is not { MayBeEmpty: true } || open.Tally.FinishReason != ChatFinishReason.Stop)
            {
                AnswerCheck.ThrowIfEmpty(open.Tally.FinishReason, open.Tally.Error);
            }

            return open.Begun(attempt);
        }
        catch (Exception e)
        {
            attempt.Usage = open.Tally.ReadUsage();
            open.Tally.Dispose();
            if (e is not StreamAbandonedException)
            {
                _ = stream.CloseAsync();
            }

            return e;
        }
    }

    /// <summary>Gives everything back. No read may be pending.</summary>
    public void Dispose()
    {
        tally.Dispose();
        _ = rest.CloseAsync();
    }

    private OpenStream Begun(AttemptScope attempt)
    {
        attempt.FirstContent();
        attempt.Usage = tally.ToldUsage;
        attempt.Clock.Pause();
        return this;
    }
}
