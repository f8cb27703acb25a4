using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FlexiAI.Testing;

/// <summary>
/// Kestrel on a loopback port, and nothing else of ASP.NET: no host, no configuration, no environment variables, so that what a test's own
/// environment says about ASP.NET changes nothing here.
/// </summary>
internal sealed class LoopbackServer : IHttpApplication<HttpContext>, IAsyncDisposable
{
    private readonly Func<HttpContext, CancellationToken, Task> _handle;
    private readonly KestrelServer _server;
    private readonly CancellationTokenSource _stopping = new();
    private int _connections;
    private int _requests;

    private LoopbackServer(int port, Func<HttpContext, CancellationToken, Task> handle)
    {
        _handle = handle;
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            ((IConnectionBuilder)listen).Use(Count);
        });

        // With a write buffer this small a flush ends only when the bytes are in the socket: a reset, which waits for that to send them, cannot
        // overtake them.
        var transport = new SocketTransportOptions { MaxWriteBufferSize = 1 };
        _server = new KestrelServer(
            Options.Create(options),
            new SocketTransportFactory(Options.Create(transport), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    public string Origin => _server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

    /// <summary>Connections that are open, idle ones too.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Requests whose reply is not over.</summary>
    public int Requests => Volatile.Read(ref _requests);

    public static async Task<LoopbackServer> StartAsync(int port, Func<HttpContext, CancellationToken, Task> handle, CancellationToken cancellationToken)
    {
        var server = new LoopbackServer(port, handle);
        try
        {
            await server._server.StartAsync(server, cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        try
        {
            await _handle(context, _stopping.Token).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _requests);
        }
    }

    /// <summary>Ends every open request, silent ones too, and then the connections; Kestrel waits at most a second for those.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync().ConfigureAwait(false);
        await _server.StopAsync(atOnce.Token).ConfigureAwait(false);
        _server.Dispose();
        _stopping.Dispose();
    }

    private ConnectionDelegate Count(ConnectionDelegate next) => async connection =>
    {
        Interlocked.Increment(ref _connections);
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    };
}
