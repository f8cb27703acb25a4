using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>
/// Reads and closes a provider's stream under a token, also where the SDK heeds neither its token nor its own timeout. It is itself what a
/// pending read is awaited by, so that updates cost no memory.
/// </summary>
internal sealed class StreamReader(IAsyncEnumerator<ChatResponseUpdate> stream, CancellationToken token) : IValueTaskSource<bool>
{
    private const int Resting = 0;
    private const int Waiting = 1;
    private const int Abandoned = 2;

    private ManualResetValueTaskSourceCore<bool> _read;
    private ConfiguredValueTaskAwaitable<bool>.ConfiguredValueTaskAwaiter _move;
    private Action? _moved;
    private int _state;

    public ChatResponseUpdate Current => stream.Current;

    /// <summary>Reads on. One read at a time; none after one was abandoned.</summary>
    /// <exception cref="StreamAbandonedException">The token ended while the read was pending.</exception>
    public ValueTask<bool> MoveNextAsync()
    {
        var move = stream.MoveNextAsync();
        return move.IsCompleted ? move : WaitAsync(move);
    }

    /// <summary>Closes a stream that is not being read; what it throws then is nobody's failure any more.</summary>
    public Task CloseAsync() => Abandon.IgnoreAsync(Task.CompletedTask, stream);

    bool IValueTaskSource<bool>.GetResult(short version) => _read.GetResult(version);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short version) => _read.GetStatus(version);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short version, ValueTaskSourceOnCompletedFlags flags) =>
        _read.OnCompleted(continuation, state, version, flags);

    private ValueTask<bool> WaitAsync(ValueTask<bool> move)
    {
        _read.Reset();
        _move = move.ConfigureAwait(false).GetAwaiter();
        Interlocked.Exchange(ref _state, Waiting);
        if (_moved is null)
        {
            _moved = Moved;
            token.UnsafeRegister(static reader => ((StreamReader)reader!).GiveUp(), this);
        }
        else if (token.IsCancellationRequested)
        {
            // It ended between two reads.
            GiveUp();
        }

        _move.UnsafeOnCompleted(_moved);
        return new ValueTask<bool>(this, _read.Version);
    }

    private void Moved()
    {
        var wanted = Interlocked.CompareExchange(ref _state, Resting, Waiting) == Waiting;
        try
        {
            var moved = _move.GetResult();
            if (wanted)
            {
                _read.SetResult(moved);
            }
        }
        catch (Exception e) when (wanted)
        {
            _read.SetException(e);
        }
        catch (Exception)
        {
            // Its failure was decided when it was abandoned.
        }

        if (!wanted)
        {
            // An enumerator must not be disposed while a read is pending: one that is abandoned is closed when its read has ended.
            _ = CloseAsync();
        }
    }

    private void GiveUp()
    {
        if (Interlocked.CompareExchange(ref _state, Abandoned, Waiting) == Waiting)
        {
            _read.SetException(new StreamAbandonedException());
        }
    }
}

/// <summary>A read was given up while it was pending; its enumerator looks after itself.</summary>
internal sealed class StreamAbandonedException : OperationCanceledException;
