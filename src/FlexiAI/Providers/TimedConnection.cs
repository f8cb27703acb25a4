using System.Net.Sockets;

namespace FlexiAI;

/// <summary>A TCP connection that is closed when its clock rings, unless the whole connection, TLS included, stands before.</summary>
internal sealed class TimedConnection : NetworkStream
{
    private const int Connecting = 0;
    private const int Standing = 1;
    private const int Rung = 2;

    private readonly CancellationTokenSource _clock;
    private readonly Func<AnswerException> _failure;
    private int _state;

    /// <param name="socket">The connected socket; closed with the stream.</param>
    /// <param name="clock">The clock that is running; ended with the waiting.</param>
    /// <param name="failure">What it is that the clock rang.</param>
    public TimedConnection(Socket socket, CancellationTokenSource clock, Func<AnswerException> failure)
        : base(socket, ownsSocket: true)
    {
        (_clock, _failure) = (clock, failure);
        clock.Token.UnsafeRegister(static connection => ((TimedConnection)connection!).Ring(), this);
    }

    /// <summary>Stops the clock; false if it has rung.</summary>
    public bool TryStand()
    {
        var state = Interlocked.CompareExchange(ref _state, Standing, Connecting);
        if (state == Connecting)
        {
            _clock.Dispose();
        }

        return state != Rung;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Volatile.Read(ref _state) == Standing ? base.ReadAsync(buffer, cancellationToken) : ReadInTimeAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        Volatile.Read(ref _state) == Standing ? base.WriteAsync(buffer, cancellationToken) : WriteInTimeAsync(buffer, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        TryStand();
        _clock.Dispose();
        base.Dispose(disposing);
    }

    private void Ring()
    {
        if (Interlocked.CompareExchange(ref _state, Rung, Connecting) == Connecting)
        {
            // The handshake fails with it.
            Socket.Dispose();
        }
    }

    private async ValueTask<int> ReadInTimeAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (Volatile.Read(ref _state) == Rung)
        {
            throw _failure();
        }
    }

    private async ValueTask WriteInTimeAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            await base.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (Volatile.Read(ref _state) == Rung)
        {
            throw _failure();
        }
    }
}
