using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace FlexiAI.Tests;

/// <summary>A way to a server on which it says that it is of version 6.</summary>
internal sealed partial class OlderServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _port;

    public OlderServer(RedisServer server)
    {
        _port = server.Port;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Endpoint => $"{_listener.LocalEndpoint}";

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, _port);
            await Task.WhenAny(CopyAsync(client, server, isReply: false), CopyAsync(server, client, isReply: true));
        }
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to, bool isReply)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is var read and > 0)
            {
                var sent = Encoding.Latin1.GetString(buffer, 0, read);
                await to.GetStream().WriteAsync(Encoding.Latin1.GetBytes(isReply ? Version.Replace(sent, "${field}6.") : sent));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One of both has closed.
        }
    }

    // In the replies to INFO and to HELLO; as long as before.
    [GeneratedRegex(@"(?<field>redis_version:|version\r\n\$\d+\r\n)\d\.", RegexOptions.ExplicitCapture)]
    private static partial Regex Version { get; }
}
