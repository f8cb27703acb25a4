namespace FlexiAI;

/// <summary>Makes an entry's HTTP client: one per entry, connections renewed so that DNS changes are seen, no clock but the engine's.</summary>
internal static class ProviderHttpClient
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public static HttpClient Create(ProviderOptions entry, TimeProvider time)
    {
        // A handler of the user's own brings its own connect timeout.
        var recorder = entry.HttpHandlerFactory?.Invoke() is { } handler
            ? new HttpExchangeRecorder(handler)
            : Record(new ConnectClock(entry.ConnectTimeout, time));
        return new HttpClient(recorder) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static HttpExchangeRecorder Record(ConnectClock clock)
    {
        var handler = new SocketsHttpHandler
        {
            PooledConnectionLifetime = ConnectionLifetime,

            // An answer that nobody wants any more is hung up on, not read to its end: a provider sees at once that it is cancelled.
            ResponseDrainTimeout = TimeSpan.Zero,

            // A redirect would carry the key to wherever it points.
            AllowAutoRedirect = false,
        };
        clock.Attach(handler);
        return new HttpExchangeRecorder(handler, clock);
    }
}
