namespace FlexiAI.FaultWall;

/// <summary>The application: asks, and notes what it gets. It waits for the end of a request no longer than a real application would bear.</summary>
internal sealed class Caller(IVoice voice, WallClock clock, TimeSpan? patience = null)
{
    // Of real time. No fault needs any, so that this much means for ever, also on a machine that is busy otherwise.
    private readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(30);

    private readonly Heard _heard = new();

    public async Task<Reply> AskAsync(bool streamed)
    {
        using var ended = new CancellationTokenSource();
        var asked = clock.Elapsed;
        _heard.Forget();

        // On the pool: whatever holds the thread must not hold the caller's patience.
        var answer = Task.Run(() => voice.AskAsync(streamed, _heard, ended.Token));
        Reply reply;
        try
        {
            reply = await answer.WaitAsync(_patience);
        }
        catch (TimeoutException) when (!answer.IsCompleted)
        {
            reply = new Reply { Hung = true, Text = _heard.Text };
        }
        catch (Exception exception)
        {
            reply = Reply.Of(exception) with { Text = _heard.Text };
        }

        await ended.CancelAsync();
        return reply with { Asked = asked, Ended = clock.Elapsed };
    }

    /// <inheritdoc cref="Heard.WaitsAfterAsync"/>
    public Task WaitsAfterAsync(string text, CancellationToken cancellationToken) => _heard.WaitsAfterAsync(text, cancellationToken);
}
