using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace FlexiAI;

/// <summary>Writes server-sent events (HTML Living Standard, 9.2.6).</summary>
internal sealed class EventStream(HttpResponse response)
{
    private static readonly byte[] EventField = "event: "u8.ToArray();
    private static readonly byte[] DataField = "\ndata: "u8.ToArray();
    private static readonly byte[] End = "\n\n"u8.ToArray();
    private static readonly byte[] Heartbeat = ": alive\n\n"u8.ToArray();

    public void Begin()
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-store";

        // nginx would hold the events back until its buffer is full.
        response.Headers["X-Accel-Buffering"] = "no";
    }

    public async Task WriteAsync<T>(string name, T data, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        // JSON escapes line breaks, so that the data is one line.
        var json = JsonSerializer.SerializeToUtf8Bytes(data, type);
        var body = response.Body;
        await body.WriteAsync((byte[])[.. EventField, .. System.Text.Encoding.ASCII.GetBytes(name), .. DataField, .. json, .. End], cancellationToken).ConfigureAwait(false);
        await body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task WriteHeartbeatAsync(CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(Heartbeat, cancellationToken).ConfigureAwait(false);
        await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
