using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>
/// A stream that the caller has begun to receive: the held updates, then the rest under the idle clock. It ends in exactly one verdict,
/// at its end, its failure, or when the caller stops.
/// </summary>
internal sealed class CommittedStream : IAsyncDisposable
{
    private const string Awaited = "update";

    private readonly Answer<OpenStream> _answer;
    private readonly RequestSpan _request;
    private int _released;
    private bool _settled;
    private bool _readEnded;

    public CommittedStream(Answer<OpenStream> answer, RequestSpan request)
    {
        _answer = answer;
        _request = request;

        // A probe has proved itself with the first content.
        answer.Attempt.Permit = answer.Attempt.Permit.FirstContent();
    }

    public ChatResponseUpdate Current { get; private set; } = null!;

    /// <exception cref="StreamInterruptedException">The stream died.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> MoveNextAsync()
    {
        var stream = _answer.Result;
        if (_answer.Run.Caller.IsCancellationRequested)
        {
            // Also where the SDK heeds no token and has more to tell.
            throw Interrupted(new OperationCanceledException(_answer.Run.Caller));
        }

        if (_released < stream.Held.Count)
        {
            Current = stream.Held[_released++];
            return true;
        }

        try
        {
            var clock = _answer.Attempt.Clock;
            clock.RestartUntimed(_answer.Provider.Options.IdleTimeout, Awaited);
            var read = stream.Rest.MoveNextAsync();
            if (!read.IsCompleted)
            {
                clock.Restart(_answer.Run.Clocks.Now, _answer.Provider.Options.IdleTimeout, Awaited);
            }

            var moved = await read.ConfigureAwait(false);
            clock.Pause();
            if (moved)
            {
                Current = stream.Rest.Current;
                stream.Tally.Add(Current);
                return true;
            }

            AnswerCheck.ThrowIfUnfinished(stream.Tally.FinishReason, _answer.Provider.Options.RequiresFinishReason);
        }
        catch (Exception e)
        {
            _readEnded |= e is StreamAbandonedException;
            throw Interrupted(e);
        }

        Settle();
        _answer.Succeed();
        _request.Succeeded(_answer.Provider.Name);
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_settled)
        {
            // The caller stopped with the answer in hand: nothing failed.
            Settle();
            _answer.Attempt.Clock.Cancel();
            _answer.Succeed();
            _request.Succeeded(_answer.Provider.Name);
        }

        if (!_readEnded)
        {
            await _answer.Result.Rest.CloseAsync().ConfigureAwait(false);
        }
    }

    private Exception Interrupted(Exception e)
    {
        var text = _answer.Result.Tally.Text;
        Settle();
        if (_answer.Run.Caller.IsCancellationRequested)
        {
            _answer.Cancel();
            _request.Cancelled();
            return new OperationCanceledException(_answer.Run.Caller);
        }

        var failure = _answer.Fail(e);
        var interruption = new StreamInterruptedException(failure.Exception, text, _answer.Run.Report.Attempts);
        _request.Failed(interruption);
        return interruption;
    }

    private void Settle()
    {
        _settled = true;
        _answer.Attempt.Usage = _answer.Result.Tally.Usage;
        _answer.Result.Tally.Dispose();
    }
}
