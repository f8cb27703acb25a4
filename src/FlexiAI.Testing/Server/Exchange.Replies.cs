using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FlexiAI.Testing;

/// <content>What faults send instead of an answer.</content>
internal sealed partial class Exchange
{
    public Task SendAsync(int status, string contentType, string body) => SendAsync(status, contentType, body, []);

    public Task SendErrorAsync(VendorError error)
    {
        var reply = wire.Error(request, error);
        return reply.Frames is { } frames
            ? SendWholeAsync(reply, string.Concat(frames.Select(frame => frame.Text)), "text/event-stream")
            : SendWholeAsync(reply, WireJson.ToText(reply.Body!), "application/json");
    }

    public Task SendWholeAsync(WireReply reply, string body, string contentType) => SendAsync(reply.Status, contentType, body, reply.Headers);

    public Task SendNonsenseAsync(string contentType, string body)
    {
        IsBroken = true;
        return SendAsync(200, contentType, body);
    }

    public async Task SendGarbageAsync(int bytes)
    {
        IsBroken = true;
        await StartAsync(200, request.IsStreaming ? "text/event-stream" : "application/json", [], bytes).ConfigureAwait(false);
        var garbage = new byte[Math.Min(bytes, 64 * 1024)];
        for (var i = 0; i < garbage.Length; i++)
        {
            garbage[i] = (byte)((i * 31 % 94) + 33);
        }

        for (var left = bytes; left > 0; left -= garbage.Length)
        {
            await WriteAsync(garbage.AsMemory(0, Math.Min(left, garbage.Length))).ConfigureAwait(false);
        }
    }

    /// <summary>Past Kestrel and straight to its transport, because Kestrel sends headers only when it has them all.</summary>
    public async Task SendEndlessHeadersAsync()
    {
        IsBroken = true;
        request.Status = 200;
        var output = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output;
        var text = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        var value = new string('x', 1024);
        FlushResult sent;
        var number = 0;
        do
        {
            sent = await output.WriteAsync(Encoding.ASCII.GetBytes(text), ended).ConfigureAwait(false);
            text = string.Create(CultureInfo.InvariantCulture, $"X-Header-{++number}: {value}\r\n");
        }
        while (!sent.IsCompleted && !sent.IsCanceled);
        context.Abort();
    }

    public Task SendCustomAsync(RequestDelegate reply)
    {
        IsBroken = true;
        context.RequestAborted = ended;
        return reply(context);
    }

    private async Task SendAsync(int status, string contentType, string body, IEnumerable<KeyValuePair<string, string>> headers)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var mayHaveBody = status is not (204 or 205 or 304);
        await StartAsync(status, contentType, headers, mayHaveBody ? bytes.Length : null).ConfigureAwait(false);
        if (mayHaveBody && bytes.Length > 0)
        {
            await WriteAsync(bytes).ConfigureAwait(false);
        }
    }
}
