using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.AI;

namespace FlexiAI.FaultWall;

/// <summary>The application: asks, and notes what it gets. It waits for the end of a request no longer than a real application would bear.</summary>
internal sealed class Caller(IChatClient client, WallClock clock, TimeSpan? patience = null)
{
    // Of real time. No fault needs any, so that this much means for ever, also on a machine that is busy otherwise.
    private readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(30);

    // An answer has about sixty: so many are an endless stream, which must not fill the memory before the patience is over.
    private const int MostUpdates = 1_000;

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waits = [];
    private readonly StringBuilder _text = new();

    public async Task<Reply> AskAsync(bool streamed)
    {
        using var ended = new CancellationTokenSource();
        var asked = clock.Elapsed;
        lock (_text)
        {
            _text.Clear();
        }

        // On the pool: whatever holds the thread must not hold the caller's patience.
        var answer = Task.Run(() => streamed ? StreamAsync(ended.Token) : WholeAsync(ended.Token));
        Reply reply;
        try
        {
            reply = await answer.WaitAsync(_patience);
        }
        catch (TimeoutException) when (!answer.IsCompleted)
        {
            reply = new Reply { Hung = true, Text = TextSoFar };
        }
        catch (Exception exception)
        {
            reply = Reply.Of(exception) with { Text = TextSoFar };
        }

        await ended.CancelAsync();
        return reply with { Asked = asked, Ended = clock.Elapsed };
    }

    /// <summary>Waits until the caller has received this text of a stream, asked for more, and got nothing yet.</summary>
    public Task WaitsAfterAsync(string text, CancellationToken cancellationToken) => Wait(text).Task.WaitAsync(cancellationToken);

    private string TextSoFar
    {
        get
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }

    private async Task<Reply> WholeAsync(CancellationToken cancellationToken) =>
        Reply.Of(await client.GetResponseAsync("Tell me something.", cancellationToken: cancellationToken));

    private async Task<Reply> StreamAsync(CancellationToken cancellationToken)
    {
        List<ChatResponseUpdate> updates = [];
        await using var stream = client.GetStreamingResponseAsync("Tell me something.", cancellationToken: cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (updates.Count < MostUpdates)
        {
            var next = stream.MoveNextAsync();
            if (!next.IsCompleted)
            {
                Wait(TextSoFar).TrySetResult();
            }

            if (!await next)
            {
                return Reply.Of(updates.ToChatResponse()) with { Text = TextSoFar };
            }

            updates.Add(stream.Current);
            lock (_text)
            {
                _text.Append(stream.Current.Text);
            }
        }

        return new Reply { Hung = true, Text = TextSoFar };
    }

    private TaskCompletionSource Wait(string text) =>
        _waits.GetOrAdd(text, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
