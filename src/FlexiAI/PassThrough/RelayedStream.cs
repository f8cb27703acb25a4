using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>
/// A relayed stream that the caller has begun to receive: bytes of its own wire as long as a provider of that wire tells it, then, or from the
/// start, updates of another's. If it breaks off it is taken up, where that is allowed, or ends in an exception. It ends in exactly one verdict.
/// </summary>
internal sealed class RelayedStream
{
    private const string Awaited = "event";

    // Time for what follows the finish reason: usage, the end mark. The answer is whole without it.
    private static readonly TimeSpan TailTimeout = TimeSpan.FromSeconds(2);

    private readonly Answer<RelayAnswer> _answer;
    private readonly StreamTakeUp _takeUp;
    private readonly RequestSpan _request;
    private RawStream? _raw;
    private CommittedStream? _translated;
    private bool _first = true;

    public RelayedStream(Answer<RelayAnswer> answer, StreamTakeUp takeUp, RequestSpan request)
    {
        (_answer, _takeUp, _request) = (answer, takeUp, request);
        if (answer.Result.Content is RawStream raw)
        {
            _raw = raw;

            // A probe has proved itself with the first content.
            answer.Attempt.Permit = answer.Attempt.Permit.FirstContent();
            answer.Run.Pause();
            (Headers, Begun) = (raw.Headers, raw.Tally);
            return;
        }

        _translated = new CommittedStream(new Answer<OpenStream>((OpenStream)answer.Result.Content, answer.Attempt), takeUp, request);
    }

    /// <summary>Who is answering.</summary>
    public Provider Provider => _translated?.Provider ?? _answer.Provider;

    /// <summary>The provider's headers that a caller may want.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>What the caller has received as bytes of its own wire; null where nothing.</summary>
    public RawTally? Begun { get; }

    /// <summary>Bytes of the caller's own wire, until the next read; empty where there is an <see cref="Update"/>.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>An update of another wire; null where there are <see cref="Bytes"/>.</summary>
    public ChatResponseUpdate? Update { get; private set; }

    /// <summary>Reads on. False at the end of an answer that is whole.</summary>
    /// <exception cref="StreamInterruptedException">The stream died.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public ValueTask<bool> MoveNextAsync() => _translated is null ? MoveRawAsync() : MoveTranslatedAsync();

    /// <summary>The caller stopped with the answer in hand: nothing failed.</summary>
    public Task LeaveAsync()
    {
        if (_translated is not null)
        {
            return _translated.LeaveAsync();
        }

        if (_raw is not null)
        {
            _answer.Attempt.Clock.Cancel();
            End();
        }

        return Task.CompletedTask;
    }

    private async ValueTask<bool> MoveTranslatedAsync()
    {
        Bytes = default;
        var moved = await _translated!.MoveNextAsync().ConfigureAwait(false);
        Update = moved ? _translated.Current : null;
        return moved;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> MoveRawAsync()
    {
        if (_raw is not { } raw)
        {
            Bytes = default;
            return false;
        }

        try
        {
            // Also where the handler heeds no token and has more to tell.
            _answer.Run.Caller.ThrowIfCancellationRequested();
            if (_first)
            {
                // What was held back until the first content.
                _first = false;
                Bytes = raw.Current;
                return true;
            }

            var moved = await ReadOn(raw).ConfigureAwait(false);
            _answer.Attempt.Clock.Pause();
            _answer.Run.Pause();
            Bytes = raw.Current;
            return moved || Complete(raw);
        }
        catch (Exception e)
        {
            Bytes = default;
            if (raw.IsWhole && !_answer.Run.Caller.IsCancellationRequested)
            {
                return Complete(raw);
            }

            await BreakOffAsync(raw, e).ConfigureAwait(false);
        }

        return await MoveTranslatedAsync().ConfigureAwait(false);
    }

    private ValueTask<bool> ReadOn(RawStream raw)
    {
        var clock = _answer.Attempt.Clock;
        var idle = _answer.Provider.Options.IdleTimeout;
        var limit = !raw.IsWhole || idle < TailTimeout ? idle : TailTimeout;
        clock.RestartUntimed(limit, Awaited);
        var read = raw.MoveNextAsync();
        if (!read.IsCompleted)
        {
            clock.Restart(_answer.Run.Clocks.Now, limit, Awaited);
            _answer.Run.Resume();
        }

        return read;
    }

    private bool Complete(RawStream raw)
    {
        Bytes = raw.EndsWithinEvent ? (byte[])[.. "\n\n"u8, .. raw.MissingEnd.Span] : raw.MissingEnd;
        End();
        return Bytes.Length > 0;
    }

    private void End()
    {
        Close();
        _answer.Succeed();
        _request.Succeeded(_answer.Provider.Name);
    }

    private void Close()
    {
        var tally = _raw!.Tally;
        _answer.Attempt.Usage = tally.Usage;
        _answer.Attempt.IsAnswered(tally.Model, tally.Id, tally.FinishReason);
        tally.Dispose();
        _raw.Dispose();
        _raw = null;
    }

    private async ValueTask BreakOffAsync(RawStream raw, Exception e)
    {
        var (received, isText) = (raw.Tally.Text, raw.Tally.IsText && raw.Tally.KeepsText);
        if (e is RawErrorException error && _answer.Attempt.Exchange is { } exchange)
        {
            exchange.ErrorBody = error.Body;
        }

        Close();
        if (_answer.Run.Caller.IsCancellationRequested)
        {
            _answer.Discard();
            _answer.Run.Dispose();
            _request.Cancelled();
            throw new OperationCanceledException(_answer.Run.Caller);
        }

        try
        {
            _answer.Run.Resume();
            var next = await _takeUp.TakeUpAsync(_answer, isText, e, received).ConfigureAwait(false);
            var message = new JoinedMessage();
            message.BreakOff(Begun!.Usage is null ? null : _answer.Attempt.Usage);
            _translated = new CommittedStream(next, _takeUp, _request, message);
        }
        catch (Exception end)
        {
            _answer.Run.Dispose();
            _request.Failed(end);
            throw;
        }
    }
}
