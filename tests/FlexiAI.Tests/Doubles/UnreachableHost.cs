using System.Net;
using System.Net.Sockets;

namespace FlexiAI.Tests;

/// <summary>
/// A host that does not answer a TCP connection, as behind a firewall that drops: its queue is full, and Linux leaves out who comes then.
/// </summary>
internal sealed class UnreachableHost : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _queue = [];

    private UnreachableHost()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
    }

    public string Http => $"http://{_listener.LocalEndPoint}";

    public static async Task<UnreachableHost> StartAsync(CancellationToken stop)
    {
        var host = new UnreachableHost();
        await host.ConnectAsync(stop);

        // One has its place; the others are not let in, and see to it that there is none left.
        _ = host.ConnectAsync(stop);
        _ = host.ConnectAsync(stop);
        return host;
    }

    public void Dispose()
    {
        _queue.ForEach(socket => socket.Dispose());
        _listener.Dispose();
    }

    private Task ConnectAsync(CancellationToken stop)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _queue.Add(socket);
        return socket.ConnectAsync(_listener.LocalEndPoint!, stop).AsTask();
    }
}
