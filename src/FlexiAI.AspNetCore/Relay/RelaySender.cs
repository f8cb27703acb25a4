using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Sends an answer to its caller: a whole one at once, a stream as it comes.</summary>
internal static class RelaySender
{
    private const string Json = "application/json";

    public static Task SendAsync(RelayExchange exchange, RelayRequest request, Relayed relayed, CancellationToken cancellationToken) => relayed.Content switch
    {
        RelayedStream stream => SendStreamAsync(exchange, stream, cancellationToken),
        RawReply reply => SendRawAsync(exchange, reply, cancellationToken),
        ChatResponse response => SendWholeAsync(exchange, output => exchange.Wire.WriteReply(output, response, exchange.Answer()), cancellationToken),
        GeneratedEmbeddings<Embedding<float>> embeddings => SendWholeAsync(
            exchange,
            output => OpenAIEmbeddingWire.WriteReply(output, embeddings, relayed.Provider.EmbeddingModel ?? "", exchange.Embedding!.AsBase64),
            cancellationToken),
        _ => throw new InvalidOperationException($"{request.Endpoint.Path} was answered by a {relayed.Content.GetType().Name}."),
    };

    private static async Task SendRawAsync(RelayExchange exchange, RawReply reply, CancellationToken cancellationToken)
    {
        var response = exchange.Http.Response;
        response.ContentType = reply.ContentType ?? Json;
        response.ContentLength = reply.Body.Length;
        Copy(reply.Headers, response);
        await response.BodyWriter.WriteAsync(reply.Body, cancellationToken).ConfigureAwait(false);
        exchange.Succeeded();
    }

    private static async Task SendWholeAsync(RelayExchange exchange, Action<IBufferWriter<byte>> write, CancellationToken cancellationToken)
    {
        var response = exchange.Http.Response;
        var body = new ArrayBufferWriter<byte>(1024);
        write(body);
        response.ContentType = Json;
        response.ContentLength = body.WrittenCount;
        await response.BodyWriter.WriteAsync(body.WrittenMemory, cancellationToken).ConfigureAwait(false);
        exchange.Succeeded();
    }

    private static async Task SendStreamAsync(RelayExchange exchange, RelayedStream stream, CancellationToken cancellationToken)
    {
        WireStream? writer = null;
        try
        {
            var response = exchange.Http.Response;
            response.ContentType = "text/event-stream; charset=utf-8";
            response.Headers.CacheControl = "no-cache";

            // Else nginx and its like would hold the events back.
            response.Headers["X-Accel-Buffering"] = "no";
            Copy(stream.Headers, response);
            var body = response.BodyWriter;
            while (await stream.MoveNextAsync().ConfigureAwait(false))
            {
                exchange.Receives();
                if (stream.Update is { } update)
                {
                    writer ??= Begin(exchange, stream);
                    writer.Write(body, update);
                }
                else
                {
                    Write(body, stream.Bytes.Span);
                }

                await body.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            if (writer is not null)
            {
                writer.End(body);
                await body.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            exchange.Succeeded();
        }
        finally
        {
            await stream.LeaveAsync().ConfigureAwait(false);
        }
    }

    private static WireStream Begin(RelayExchange exchange, RelayedStream stream)
    {
        // A stream that another takes up may not have been read as a chat before.
        var chat = exchange.Chat!;
        return stream.Begun is { } begun
            ? exchange.Wire.BeginStream(
                chat, exchange.Answer(stream.Provider), new WireStreamBegun(begun.Id, begun.Created, begun.Blocks, begun.OpenBlock, Usage: null))
            : exchange.Wire.BeginStream(chat, exchange.Answer());
    }

    private static void Write(PipeWriter body, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(body.GetSpan(bytes.Length));
        body.Advance(bytes.Length);
    }

    private static void Copy(IReadOnlyList<KeyValuePair<string, string>> headers, HttpResponse response)
    {
        foreach (var (name, value) in headers)
        {
            response.Headers[name] = value;
        }
    }
}
