using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FlexiAI.Testing;

/// <summary>One request and its reply on the socket.</summary>
internal sealed partial class Exchange(
    HttpContext context, SimulatedRequest request, Wire wire, Fault? fault, TimeProvider time, CancellationToken ended)
{
    private long _sent;

    public SimulatedRequest Request => request;

    public Wire Wire => wire;

    /// <summary>Whether a fault spoiled the reply.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether the connection must end without the end of the reply.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>Whether all of a reply of known length is on its way: what the client does then is no longer the reply's end.</summary>
    public bool IsSent => context.Response.HasStarted && context.Response.ContentLength == _sent;

    public Task DelayAsync(TimeSpan delay) => delay > TimeSpan.Zero ? Task.Delay(delay, time, ended) : Task.CompletedTask;

    /// <summary>Waits for the client to go away or the provider to stop.</summary>
    public Task SilenceAsync()
    {
        IsBroken = true;
        return Task.Delay(Timeout.InfiniteTimeSpan, time, ended);
    }

    public async Task ResetAsync()
    {
        IsBroken = true;
        var socket = context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
        await SendQueue.DrainAsync(socket, ended).ConfigureAwait(false);

        // Linger 0 makes the close of the socket a TCP RST, whatever way the server takes to close it.
        socket.LingerState = new LingerOption(true, 0);
        context.Abort();
    }

    public void Break() => IsBroken = true;

    public void Truncate() => IsBroken = IsTruncated = true;

    public async Task StartAsync(int status, string contentType, IEnumerable<KeyValuePair<string, string>> headers, long? length = null)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = length;
        foreach (var (name, value) in wire.Headers(request).Concat(headers).Concat(fault?.Headers ?? []))
        {
            response.Headers[name] = value;
        }

        request.Status = status;
        await response.StartAsync(ended).ConfigureAwait(false);
        await response.Body.FlushAsync(ended).ConfigureAwait(false);
    }

    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        ended.ThrowIfCancellationRequested();
        _sent += bytes.Length;
        await context.Response.Body.WriteAsync(bytes, ended).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(ended).ConfigureAwait(false);
    }
}
