using System.Text;

namespace FlexiAI;

/// <summary>Writes status, headers and error body of each response into the attempt's <see cref="HttpExchange"/>.</summary>
internal sealed class HttpExchangeRecorder(HttpMessageHandler inner, ConnectClock? clock = null) : DelegatingHandler(inner)
{
    private const int LongestErrorBody = 64 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var exchange = HttpExchange.Current;

        // An attempt may send more than one request, such as one for a token before the call: the last one tells how it ended.
        exchange?.Forget();
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (clock is not null && !cancellationToken.IsCancellationRequested && ConnectClock.Explains(e))
        {
            // Said here: an SDK would make a failure of the network of it.
            throw clock.Failure;
        }

        if (exchange is null)
        {
            return response;
        }

        exchange.StatusCode = (int)response.StatusCode;
        if (!response.IsSuccessStatusCode)
        {
            exchange.Headers = Flatten(response);
            exchange.ErrorBody = await ReadErrorBodyAsync(response, cancellationToken).ConfigureAwait(false);
        }
        else if (!exchange.TakesAnyType && !IsOfAKnownType(response))
        {
            var type = response.Content.Headers.ContentType?.MediaType;
            response.Dispose();
            throw new HttpRequestException(HttpRequestError.InvalidResponse, $"The reply is {type}, not JSON or an event stream.");
        }

        return response;
    }

    // The SDKs do not look: a page of a proxy's becomes a parser's error, or, streamed, no answer and no error. Servers that name no type mean JSON.
    private static bool IsOfAKnownType(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is not { } type
        || type.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string> Flatten(HttpResponseMessage response)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in response.Headers.NonValidated)
        {
            headers[header.Key] = header.Value.ToString();
        }

        return headers;
    }

    // An error body is small and whole before the SDK looks at it: reading it here leaves the SDK the same bytes.
    private static async Task<string?> ReadErrorBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var content = response.Content;
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var bytes = new byte[LongestErrorBody];
        var read = 0;
        try
        {
            int more;
            do
            {
                more = await stream.ReadAsync(bytes.AsMemory(read), cancellationToken).ConfigureAwait(false);
                read += more;
            }
            while (more > 0 && read < bytes.Length);
        }
        catch (IOException)
        {
            // The status is known; a body cut short says what it says.
        }

        var replay = new ByteArrayContent(bytes, 0, read);
        foreach (var header in content.Headers.NonValidated)
        {
            if (!header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                replay.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        response.Content = replay;
        content.Dispose();
        return Encoding.UTF8.GetString(bytes, 0, read);
    }
}
