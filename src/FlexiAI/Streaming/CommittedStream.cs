using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>
/// A stream that the caller has begun to receive: the held updates, then the rest under the idle clock. If it breaks off, another provider's
/// takes its place where that is allowed. Each provider's part ends in exactly one verdict, and so does the whole.
/// </summary>
internal sealed class CommittedStream
{
    private const string Awaited = "update";

    // Time for what follows the finish reason: usage, the end mark. The answer is whole without it.
    private static readonly TimeSpan TailTimeout = TimeSpan.FromSeconds(2);

    private readonly StreamTakeUp _takeUp;
    private readonly RequestSpan _request;
    private Answer<OpenStream> _answer;
    private JoinedMessage? _message;
    private int _released;
    private bool _signed;
    private bool _abandoned;
    private bool _ended;

    /// <param name="answer">The stream that was opened.</param>
    /// <param name="takeUp">Finds another in its place.</param>
    /// <param name="request">Is told how the request ends.</param>
    /// <param name="message">The message that the stream goes on with, where it takes up another.</param>
    public CommittedStream(Answer<OpenStream> answer, StreamTakeUp takeUp, RequestSpan request, JoinedMessage? message = null)
    {
        (_takeUp, _request, _message) = (takeUp, request, message);
        Receive(answer);
    }

    /// <summary>Who is answering.</summary>
    public Provider Provider => _answer.Provider;

    public ChatResponseUpdate Current { get; private set; } = null!;

    /// <exception cref="StreamInterruptedException">The stream died.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> MoveNextAsync()
    {
        while (true)
        {
            var stream = _answer.Result;
            try
            {
                // Also where the SDK heeds no token and has more to tell.
                _answer.Run.Caller.ThrowIfCancellationRequested();
                if (_released < stream.Held.Count)
                {
                    Current = stream.Held[_released++];
                }
                else
                {
                    var moved = await ReadOn(stream).ConfigureAwait(false);
                    _answer.Attempt.Clock.Pause();
                    _answer.Run.Pause();
                    if (!moved)
                    {
                        AnswerCheck.ThrowIfUnfinished(stream.Tally.FinishReason, _answer.Provider.Options.RequiresFinishReason);
                        return HoldsBack(stream.Overlap) || Complete();
                    }

                    Current = stream.Rest.Current;
                    stream.Tally.Add(Current);
                }

                if (stream.Overlap is null || TakesUp(stream.Overlap))
                {
                    return true;
                }
            }
            catch (Exception e)
            {
                _abandoned = e is StreamAbandonedException;
                if (stream.Tally.IsWhole && !_answer.Run.Caller.IsCancellationRequested && stream.Overlap is null or { IsPassed: true })
                {
                    return Complete();
                }

                await BreakOffAsync(e).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The caller stopped with the answer in hand: nothing failed. After the end it does nothing.</summary>
    public Task LeaveAsync()
    {
        if (_ended)
        {
            return Task.CompletedTask;
        }

        _answer.Attempt.Clock.Cancel();
        return EndAsync();
    }

    private ValueTask<bool> ReadOn(OpenStream stream)
    {
        var clock = _answer.Attempt.Clock;
        var idle = _answer.Provider.Options.IdleTimeout;
        var limit = stream.Tally.FinishReason is null || idle < TailTimeout ? idle : TailTimeout;
        clock.RestartUntimed(limit, Awaited);
        var read = stream.Rest.MoveNextAsync();
        if (!read.IsCompleted)
        {
            clock.Restart(_answer.Run.Clocks.Now, limit, Awaited);
            _answer.Run.Resume();
        }

        return read;
    }

    private void Receive(Answer<OpenStream> answer)
    {
        // A probe has proved itself with the first content.
        answer.Attempt.Permit = answer.Attempt.Permit.FirstContent();
        answer.Run.Pause();
        _answer = answer;
        _released = 0;
        _abandoned = false;
        _signed = answer.Result.Overlap is null;
        if (_signed)
        {
            answer.Sign(answer.Result.Held[0].AdditionalProperties ??= []);
        }
    }

    private bool TakesUp(Overlap overlap)
    {
        if (_message!.Join(Current, overlap) is not { } update)
        {
            return false;
        }

        Current = update;
        if (!_signed)
        {
            _signed = true;
            _answer.Sign(update.AdditionalProperties ??= []);
        }

        return true;
    }

    private bool HoldsBack(Overlap? overlap)
    {
        if (overlap is null || overlap.End().ToList() is not { Count: > 0 } last)
        {
            return false;
        }

        Current = new ChatResponseUpdate(ChatRole.Assistant, last);
        return TakesUp(overlap);
    }

    private async ValueTask BreakOffAsync(Exception e)
    {
        var received = _answer.Result.Overlap?.TextSoFar(_answer.Result.Tally.Text) ?? _answer.Result.Tally.Text;
        _ = CloseStreamAsync();
        (_message ??= new JoinedMessage()).BreakOff(_answer.Result, _answer.Attempt.Usage);
        if (_answer.Run.Caller.IsCancellationRequested)
        {
            _answer.Discard();
            Ended().Cancelled();
            throw new OperationCanceledException(_answer.Run.Caller);
        }

        try
        {
            _answer.Run.Resume();
            Receive(await _takeUp.TakeUpAsync(_answer, _answer.Result.Tally.IsText, e, received).ConfigureAwait(false));
        }
        catch (Exception end)
        {
            Ended().Failed(end);
            throw;
        }
    }

    // Nobody waits for the provider's end of a connection that has told everything.
    private bool Complete()
    {
        _ = EndAsync();
        return false;
    }

    private Task EndAsync()
    {
        var closed = CloseStreamAsync();
        _answer.Succeed();
        Ended().Succeeded(_answer.Provider.Name);
        return closed;
    }

    private RequestSpan Ended()
    {
        _ended = true;
        _answer.Run.Dispose();
        return _request;
    }

    private Task CloseStreamAsync()
    {
        var tally = _answer.Result.Tally;
        _answer.Attempt.Usage = tally.ReadUsage();
        _answer.Attempt.IsAnswered(tally.Model, tally.Id, tally.FinishReason);
        tally.Dispose();
        return _abandoned ? Task.CompletedTask : _answer.Result.Rest.CloseAsync();
    }
}
