using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace FlexiAI;

/// <summary>
/// The API refused the call, by an HTTP status or by an error object inside a success, or its answer is none. Without a
/// <see cref="Status"/> it is the latter.
/// </summary>
internal sealed class GoogleApiException : Exception
{
    private const int LongestErrorBody = 64 * 1024;

    public GoogleApiException(string message)
        : base(message)
    {
    }

    private GoogleApiException(string message, int? status, string body)
        : base(message)
    {
        Status = status;
        Body = body;
    }

    /// <summary>The HTTP status, or the one that the error object names.</summary>
    public int? Status { get; }

    /// <summary>The error as it came.</summary>
    public string? Body { get; }

    public static async Task<GoogleApiException> OfResponseAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var body = await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        return new GoogleApiException(MessageOf(body) ?? $"The provider answered with status {status}.", status, body);
    }

    /// <summary>A success that is not the JSON or the event stream it should be; perhaps it is an error object.</summary>
    public static async Task<GoogleApiException> OfWrongTypeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        var body = IsJson(response.Content.Headers.ContentType) ? await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false) : "";
        return MessageOf(body) is { } message
            ? new GoogleApiException(message, StatusOf(body), body)
            : new GoogleApiException($"The provider answered with {type ?? "no content type"}, which is no answer.");
    }

    /// <summary>An error object inside a success.</summary>
    public static GoogleApiException OfErrorObject(JsonElement error)
    {
        var body = $"{{\"error\":{error.GetRawText()}}}";
        return new GoogleApiException(MessageOf(body) ?? "The provider answered with an error that says nothing.", StatusOf(body), body);
    }

    public static bool IsJson(MediaTypeHeaderValue? type) => type?.MediaType is "application/json";

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var bytes = new byte[LongestErrorBody];
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(bytes, 0, read);
    }

    private static string? MessageOf(string body) =>
        GoogleError.Parse(body) is { } error ? error.Message ?? error.Status ?? "The provider answered with an error that says nothing." : null;

    private static int? StatusOf(string body) => GoogleError.Parse(body) is { } error ? error.Code ?? GoogleError.CodeOf(error.Status) : null;
}
