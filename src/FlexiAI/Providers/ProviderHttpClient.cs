namespace FlexiAI;

/// <summary>Makes an entry's HTTP client: one per entry, connections renewed so that DNS changes are seen, no clock but the engine's.</summary>
internal static class ProviderHttpClient
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public static HttpClient Create(ProviderOptions entry)
    {
        var handler = entry.HttpHandlerFactory?.Invoke() ?? new SocketsHttpHandler
        {
            ConnectTimeout = entry.ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,

            // An answer that nobody wants any more is hung up on, not read to its end: a provider sees at once that it is cancelled.
            ResponseDrainTimeout = TimeSpan.Zero,

            // A redirect would carry the key to wherever it points.
            AllowAutoRedirect = false,
        };
        return new HttpClient(new HttpExchangeRecorder(handler)) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
