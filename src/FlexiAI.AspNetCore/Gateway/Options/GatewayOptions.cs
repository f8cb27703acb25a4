namespace FlexiAI;

/// <summary>How the gateway is entered: by whom, with how much, and how it stops. Providers are <see cref="FlexiOptions"/>.</summary>
public sealed class GatewayOptions
{
    /// <summary>
    /// The keys that callers may use, each as itself (at least 16 visible ASCII characters) or as <c>sha256:</c> and the 64 hex digits of its hash.
    /// Default: none, and the gateway then serves this machine alone.
    /// </summary>
    public IList<string> ClientKeys { get; set; } = [];

    /// <summary>The keys for status, dashboard and operations, written as <see cref="ClientKeys"/> are. None may be a client's key too. Default: none.</summary>
    public IList<string> AdminKeys { get; set; } = [];

    /// <summary>
    /// The models that callers may name beside the entries: each alias with the names of the entries that serve it, in their order. Default: none.
    /// </summary>
    public IDictionary<string, IList<string>> Models { get; set; } = new Dictionary<string, IList<string>>(StringComparer.Ordinal);

    /// <summary>The largest body of a request in bytes, 1 KB to 1 GB. Default: 20 MB.</summary>
    public long MaxRequestBodySize { get; set; } = 20 * 1024 * 1024;

    /// <summary>How many requests to models may run at once, streams until they end, 1 to 1,000,000; one more is refused with 429. Default: 1,000.</summary>
    public int MaxConcurrentRequests { get; set; } = 1_000;

    /// <summary>
    /// The time for a request as a whole, all attempts together, where <see cref="FlexiOptions.RequestTimeout"/> names none, up to a day. Default: 10 minutes.
    /// </summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Within what time the headers of a request must have arrived, up to an hour. Default: 10 seconds.</summary>
    public TimeSpan RequestHeadersTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Within what time the body of a request must have arrived, up to an hour. Default: 60 seconds.</summary>
    public TimeSpan RequestBodyTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How slowly a body may arrive, in bytes per second, after five seconds of grace; 0 for as slowly as it likes. Default: 240.</summary>
    public double MinRequestBodyDataRate { get; set; } = 240;

    /// <summary>The largest size of a request's headers together, in bytes, 1 KB to 1 MB. Default: 32 KB.</summary>
    public int MaxRequestHeadersTotalSize { get; set; } = 32 * 1024;

    /// <summary>How many headers a request may have, 10 to 1,000. Default: 100.</summary>
    public int MaxRequestHeaderCount { get; set; } = 100;

    /// <summary>
    /// How long running requests may go on when the application stops; then they are told, and end with an error. Zero to an hour. Default: 30 seconds.
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
