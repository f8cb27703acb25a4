using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>
/// What a caller holds of a streamed request. It may be disposed at any time, also while a read is pending; one that nobody disposes ends
/// when it is collected.
/// </summary>
internal sealed class ChatStreamReader : IAsyncEnumerator<ChatResponseUpdate>
{
    private const int Idle = 0;
    private const int Reading = 1;
    private const int Stopping = 2;
    private const int Ended = 3;

    private readonly Func<CancellationToken, ValueTask<CommittedStream>> _begin;
    private readonly CancellationToken _caller;
    private readonly CancellationToken _enumeration;
    private readonly CancellationTokenSource _stop;
    private TaskCompletionSource? _stopped;
    private CommittedStream? _stream;
    private bool _isOver;
    private int _state;

    /// <param name="begin">Begins the request under a token.</param>
    /// <param name="caller">The token given with the request.</param>
    /// <param name="enumeration">The token given with the enumeration.</param>
    public ChatStreamReader(
        Func<CancellationToken, ValueTask<CommittedStream>> begin, CancellationToken caller, CancellationToken enumeration)
    {
        (_begin, _caller, _enumeration) = (begin, caller, enumeration);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(caller, enumeration);
    }

    [SuppressMessage("Design", "MA0055:Do not use finalizer", Justification = "A connection and an attempt would stay open for as long as the process lives.")]
    ~ChatStreamReader()
    {
        // Null where the constructor threw.
        if (_stop is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static reader => _ = Abandon.IgnoreAsync(Task.CompletedTask, reader), this, preferLocal: false);
        }
    }

    public ChatResponseUpdate Current => _stream!.Current;

    public ValueTask<bool> MoveNextAsync()
    {
        if (_state != Idle)
        {
            return _state == Ended ? new(false) : throw new InvalidOperationException("A read of this stream is pending; allowed: one at a time.");
        }

        Volatile.Write(ref _state, Reading);
        if (_stream is null)
        {
            return ReadAsync(BeginAsync());
        }

        var read = _stream.MoveNextAsync();
        return read.IsCompletedSuccessfully ? new(EndRead(read.Result)) : ReadAsync(read);
    }

    [SuppressMessage("Usage", "CA1816:Dispose methods should call SuppressFinalize", Justification = "Done when it has ended, in Release.")]
    public async ValueTask DisposeAsync()
    {
        if (Volatile.Read(ref _state) == Reading)
        {
            _stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Interlocked.CompareExchange(ref _state, Stopping, Reading) == Reading)
            {
                await _stop.CancelAsync().ConfigureAwait(false);
                await _stopped.Task.ConfigureAwait(false);
                await EndAsync().ConfigureAwait(false);
                return;
            }
        }

        if (Interlocked.CompareExchange(ref _state, Ended, Idle) == Idle)
        {
            await EndAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> BeginAsync()
    {
        _stream = await _begin(_stop.Token).ConfigureAwait(false);
        return await _stream.MoveNextAsync().ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadAsync(ValueTask<bool> read)
    {
        var moved = false;
        try
        {
            moved = await read.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The caller knows no token but those it gave.
            throw new OperationCanceledException(_caller.IsCancellationRequested ? _caller : _enumeration);
        }
        finally
        {
            EndRead(moved);
        }

        return moved;
    }

    private bool EndRead(bool moved)
    {
        _isOver = !moved;
        if (Interlocked.CompareExchange(ref _state, moved ? Idle : Ended, Reading) != Reading)
        {
            _stopped!.SetResult();
        }
        else if (!moved)
        {
            Release();
        }

        return moved;
    }

    private async ValueTask EndAsync()
    {
        Volatile.Write(ref _state, Ended);
        if (!_isOver && _stream is not null)
        {
            await _stream.LeaveAsync().ConfigureAwait(false);
        }

        Release();
    }

    [SuppressMessage("Usage", "CA1816:Dispose methods should call SuppressFinalize", Justification = "A stream read to its end holds nothing either.")]
    private void Release()
    {
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }
}
