namespace FlexiAI;

/// <summary>Makes an entry's HTTP client: one per entry, connections renewed so that DNS changes are seen, no clock but the engine's.</summary>
internal static class ProviderHttpClient
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    // An SDK lets go of a stream at its end mark; the end of the body is then a moment away, and the connection good for the next request.
    // An answer that nobody wants any more is hung up on after that moment, not read to its end.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromMilliseconds(200);

    /// <summary>A client over a handler, for an SDK. It disposes the handler.</summary>
    public static HttpClient Create(HttpMessageHandler handler) => new(handler) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The handler of an entry.</summary>
    public static HttpMessageHandler CreateHandler(ProviderOptions entry, TimeProvider time) =>

        // One of the user's own brings its own connect timeout.
        entry.HttpHandlerFactory?.Invoke() is { } handler
            ? new HttpExchangeRecorder(handler)
            : Record(new ConnectClock(entry.ConnectTimeout, time));

    private static HttpExchangeRecorder Record(ConnectClock clock)
    {
        var handler = new SocketsHttpHandler
        {
            PooledConnectionLifetime = ConnectionLifetime,
            ResponseDrainTimeout = DrainTimeout,

            // A redirect would carry the key to wherever it points.
            AllowAutoRedirect = false,

            // A cookie would tie the callers of one entry together; the caller's trace and baggage are not the vendor's to know.
            UseCookies = false,
            ActivityHeadersPropagator = null,
        };
        clock.Attach(handler);
        return new HttpExchangeRecorder(handler, clock);
    }
}
