using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FlexiAI;

/// <summary>Posts to the methods of a model, and lets only a success through.</summary>
/// <param name="http">The entry's client.</param>
/// <param name="root">The root of the API with its version, without a slash at the end.</param>
/// <param name="pathOf">The path of a model below the root.</param>
/// <param name="authorize">Puts the key or the token into a request.</param>
internal sealed class GoogleConnection(
    HttpClient http, string root, Func<string, string> pathOf, Func<HttpRequestMessage, CancellationToken, ValueTask> authorize)
{
    // Sixteen million tokens of text, or the largest picture a model makes.
    private const long LongestAnswer = 64 * 1024 * 1024;

    public Uri Root { get; } = new(root);

    /// <summary>Calls a method and reads the whole answer.</summary>
    public async Task<TAnswer> CallAsync<TAnswer>(
        string model, string method, byte[] body, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(model, method, body, cancellationToken).ConfigureAwait(false);
        if (response.Content.Headers.ContentType is { } type && !GoogleApiException.IsJson(type))
        {
            throw await GoogleApiException.OfWrongTypeAsync(response, cancellationToken).ConfigureAwait(false);
        }

        var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var stream = new BoundedStream(content, LongestAnswer, perEvent: false);
        return await JsonSerializer.DeserializeAsync(stream, answerType, cancellationToken).ConfigureAwait(false)
            ?? throw new GoogleApiException("The provider answered with null.");
    }

    /// <summary>Calls a method; the success's headers have arrived, its body has not been looked at.</summary>
    public async Task<HttpResponseMessage> SendAsync(string model, string method, byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, UriOf(model, method));
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        await authorize(request, cancellationToken).ConfigureAwait(false);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await GoogleApiException.OfResponseAsync(response, cancellationToken).ConfigureAwait(false);
        }
    }

    private Uri UriOf(string model, string method)
    {
        var segments = pathOf(model).Split('/');
        if (segments.Any(segment => segment is "" or "." or ".."))
        {
            throw new ArgumentException($"\"{model}\" is not the name of a model.", nameof(model));
        }

        return new Uri($"{root}/{string.Join('/', segments.Select(Uri.EscapeDataString))}:{method}");
    }
}
