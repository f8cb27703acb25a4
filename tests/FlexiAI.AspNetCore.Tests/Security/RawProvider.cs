using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FlexiAI.Tests;

/// <summary>A provider that answers with whatever bytes a test likes, and remembers what it was sent.</summary>
internal sealed class RawProvider : IAsyncDisposable
{
    public const string Answer = """{"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}""";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Stream, CancellationToken, Task> _reply;
    private readonly Task _accepting;

    private RawProvider(Func<Stream, CancellationToken, Task> reply)
    {
        _reply = reply;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Head and body of each request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public static RawProvider Start(Func<Stream, CancellationToken, Task> reply) => new(reply);

    /// <summary>A provider that sends one text and hangs up.</summary>
    public static RawProvider Start(string reply) => new((stream, stop) => stream.WriteAsync(Encoding.Latin1.GetBytes(reply), stop).AsTask());

    /// <summary>A reply as it stands on the wire.</summary>
    public static string Reply(string body, string headers = "", string status = "200 OK", string type = "application/json") =>
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {Encoding.Latin1.GetByteCount(body)}\r\nConnection: close\r\n{headers}\r\n{body}");

    public OpenAIProvider Entry(string name, int priority = 1) => new()
    {
        Name = name, Priority = priority, Model = $"{name}-model", EmbeddingModel = "embed-1", ApiKey = SecuredGateway.ProviderKey, BaseUrl = $"http://127.0.0.1:{Port}/base/v1", MaxRetries = 0,
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> running = [];
        try
        {
            while (true)
            {
                running.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        await Task.Yield();
        using (connection)
        {
            try
            {
                var stream = connection.GetStream();
                if (await ReadAsync(stream) is { } request)
                {
                    Requests.Enqueue(request);
                    await _reply(stream, _stop.Token);
                    connection.Client.Shutdown(SocketShutdown.Send);
                    _ = await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, _stop.Token);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // The gateway hung up.
            }
        }
    }

    private async Task<string?> ReadAsync(NetworkStream stream)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, _stop.Token) is > 0 and var read)
        {
            bytes.Write(buffer, 0, read);
            var text = Encoding.Latin1.GetString(bytes.ToArray());
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && bytes.Length >= end + 4 + LengthIn(text[..end]))
            {
                return text;
            }
        }

        return null;
    }

    private static int LengthIn(string head) => head.Split("\r\n")
        .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(line => int.Parse(line.AsSpan(15), CultureInfo.InvariantCulture))
        .FirstOrDefault();
}
