using System.Globalization;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace FlexiAI;

/// <summary>Holds each new connection of an entry to its connect timeout, by the engine's time: name lookup, TCP and TLS together.</summary>
internal sealed class ConnectClock(TimeSpan limit, TimeProvider time)
{
    // The engine's clock is to ring first, where it sees the whole of the connection.
    private static readonly TimeSpan BackstopMargin = TimeSpan.FromSeconds(1);

    // Requests on their way to a connection that has TCP and may still lack TLS. Their own options are not safe for the connecting thread.
    private readonly ConditionalWeakTable<HttpRequestMessage, TimedConnection> _connecting = [];

    /// <summary>The failure that a connection did not stand in time.</summary>
    public AnswerException Failure => new(
        FailureKind.Timeout,
        string.Create(CultureInfo.InvariantCulture, $"No connection within {limit.TotalSeconds:0.###} s."));

    /// <summary>Puts the clock on every connection that the handler makes.</summary>
    public void Attach(SocketsHttpHandler handler)
    {
        handler.ConnectCallback = ConnectAsync;
        handler.PlaintextStreamFilter = StandsAsync;

        // Through a proxy's tunnel only the connection to the proxy passes here; the tunnel and the TLS within it are left to the handler, whose
        // time is the system's. A time of another kind, a test's above all, is not to be mixed with that: there the attempt's own limit must do.
        handler.ConnectTimeout = time == TimeProvider.System ? limit + BackstopMargin : Timeout.InfiniteTimeSpan;
    }

    /// <summary>Whether a request failed because no connection stood in time.</summary>
    /// <param name="exception">What the handler threw though the request was not cancelled.</param>
    public static bool Explains(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            // The handler sets no other limit than that of the backstop.
            if (e is AnswerException or TimeoutException)
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var clock = new CancellationTokenSource(limit, time);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using (cancellationToken.UnsafeRegister(static clock => ((CancellationTokenSource)clock!).Cancel(), clock))
            {
                await socket.ConnectAsync(context.DnsEndPoint, clock.Token).ConfigureAwait(false);
            }

            // From here on only the time ends the clock's token.
            cancellationToken.ThrowIfCancellationRequested();
            var connection = new TimedConnection(socket, clock, () => Failure);

            // A request that connects again no longer waits for the connection before, which is left to itself: which of the two stands is not told.
            if (_connecting.TryGetValue(context.InitialRequestMessage, out var before))
            {
                before.TryStand();
            }

            _connecting.AddOrUpdate(context.InitialRequestMessage, connection);
            return connection;
        }
        catch (Exception)
        {
            // A socket that is cancelled says so in more than one way.
            var rang = clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested;
            socket.Dispose();
            clock.Dispose();
            if (rang)
            {
                throw Failure;
            }

            throw;
        }
    }

    // The handler asks for this when TLS stands, or TCP where there is no TLS.
    private ValueTask<Stream> StandsAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        if (_connecting.TryGetValue(context.InitialRequestMessage, out var connection))
        {
            _connecting.Remove(context.InitialRequestMessage);
            if (!connection.TryStand())
            {
                throw Failure;
            }
        }

        return ValueTask.FromResult(context.PlaintextStream);
    }
}
