using Google.Apis.Http;

namespace FlexiAI;

/// <summary>
/// Lets Google's library ask for tokens through the entry's own HTTP client, so that its proxy, its connect timeout and its recording
/// hold for them too, and without the library's own retries.
/// </summary>
/// <param name="http">The entry's client.</param>
/// <param name="timeout">The longest a token may take. Callers share one request for it, which no single caller's token can end.</param>
internal sealed class EntryHttpClientFactory(HttpClient http, TimeSpan timeout) : IHttpClientFactory
{
    public ConfigurableHttpClient CreateHttpClient(CreateHttpClientArgs args)
    {
        var factory = new HttpClientFromMessageHandlerFactory(_ => new(new Forwarder(http), performsAutomaticDecompression: false, handlesRedirect: false));
        var client = factory.CreateHttpClient(args);
        client.MessageHandler.NumTries = 1;
        client.Timeout = timeout;
        return client;
    }

    // A request can be sent by one HttpClient only, so it is sent on as a copy.
    private sealed class Forwarder(HttpClient http) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content };
            foreach (var header in request.Headers.NonValidated)
            {
                copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            return await http.SendAsync(copy, cancellationToken).ConfigureAwait(false);
        }
    }
}
