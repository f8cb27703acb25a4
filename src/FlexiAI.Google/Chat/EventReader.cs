using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace FlexiAI;

/// <summary>Reads the events of a streamed reply.</summary>
internal static class EventReader
{
    private const long LongestEvent = 16 * 1024 * 1024;

    /// <exception cref="GoogleApiException">The body is not an event stream, has no event, or says an error.</exception>
    public static async IAsyncEnumerable<Reply> ReadAsync(HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType is not "text/event-stream")
        {
            throw await GoogleApiException.OfWrongTypeAsync(response, cancellationToken).ConfigureAwait(false);
        }

        var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var stream = new BoundedStream(content, LongestEvent, perEvent: true);
        var empty = true;
        await foreach (var item in SseParser.Create(stream, Parse).EnumerateAsync(cancellationToken).ConfigureAwait(false))
        {
            empty = false;
            yield return Reply.Read(item.Data, whole: false);
        }

        if (empty)
        {
            throw new GoogleApiException("The provider's stream ended without an event.");
        }
    }

    private static JsonElement Parse(string type, ReadOnlySpan<byte> data) => JsonSerializer.Deserialize(data, GoogleJson.Default.JsonElement);
}
