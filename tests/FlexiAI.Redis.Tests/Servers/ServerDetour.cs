using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace FlexiAI.Tests;

/// <summary>A longer way to a server, on which it may say that it is of version 6, and act so towards scripts that want a newer one.</summary>
internal sealed partial class ServerDetour : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _port;
    private int _open;

    public ServerDetour(RedisServer server)
    {
        _port = server.Port;
        _listener.Start();
        _ = AcceptAsync();
    }

    public bool IsOlder { get; set; }

    public int OpenConnections => Volatile.Read(ref _open);

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
        Interlocked.Increment(ref _open);
        using (client)
        {
            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, _port);
            await Task.WhenAny(CopyAsync(client, server, Ask), CopyAsync(server, client, Answer));
        }

        Interlocked.Decrement(ref _open);
    }

    // As long as before: the same check fails on the version that the server has.
    private static string Ask(string text) => text.Replace("0x00070000", "0x7f000000", StringComparison.Ordinal);

    private static string Answer(string text) => Version.Replace(text, "${field}6.");

    private async Task CopyAsync(TcpClient from, TcpClient to, Func<string, string> change)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is var read and > 0)
            {
                var sent = Encoding.Latin1.GetString(buffer, 0, read);
                await to.GetStream().WriteAsync(Encoding.Latin1.GetBytes(IsOlder ? change(sent) : sent));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One of both has closed.
        }
    }

    // In the replies to INFO and to HELLO; as long as before.
    [GeneratedRegex(@"(?<field>redis_version:|version\r\n\$\d+\r\n)\d\.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Version { get; }
}
