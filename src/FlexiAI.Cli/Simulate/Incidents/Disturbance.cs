namespace FlexiAI.Cli;

/// <summary>What happens to the requests that a disturbance hits.</summary>
internal enum DisturbanceKind
{
    /// <summary>An HTTP error.</summary>
    Error,

    /// <summary>The connection is refused.</summary>
    Refuse,

    /// <summary>No answer ever comes; only the caller's time limit ends it.</summary>
    Hang,

    /// <summary>The answer comes, later.</summary>
    Delay,

    /// <summary>Answers take another time than usual.</summary>
    Slow,

    /// <summary>HTTP 429, with a Retry-After if one is given.</summary>
    RateLimit,

    /// <summary>The answer is cut off: paid, and not usable.</summary>
    Truncate,
}

/// <summary>Something wrong with a provider for a while.</summary>
internal sealed record Disturbance
{
    public required DisturbanceKind Kind { get; init; }

    public required TimeSpan From { get; init; }

    public required TimeSpan To { get; init; }

    /// <summary>The share of requests that it hits at its beginning.</summary>
    public double Share { get; init; } = 1;

    /// <summary>The share at its end; in between it goes from one to the other evenly.</summary>
    public double EndShare { get; init; } = 1;

    /// <summary>HTTP status of an <see cref="DisturbanceKind.Error"/>.</summary>
    public int Status { get; init; } = 503;

    /// <summary>How long the provider takes to fail, or, of a <see cref="DisturbanceKind.Delay"/>, how much later the answer is.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Retry-After of a <see cref="DisturbanceKind.RateLimit"/>.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Requests per second that a <see cref="DisturbanceKind.RateLimit"/> lets through; null if <see cref="Share"/> decides.</summary>
    public double? Allowed { get; init; }

    /// <summary>How long answers take while <see cref="DisturbanceKind.Slow"/>.</summary>
    public Latency? Latency { get; init; }

    public bool IsOn(TimeSpan now) => From <= now && now < To;

    public double ShareAt(TimeSpan now) => Share + ((EndShare - Share) * ((now - From) / (To - From)));

    public static string WordFor(DisturbanceKind kind) => kind switch
    {
        DisturbanceKind.Error => "error",
        DisturbanceKind.Refuse => "refuse",
        DisturbanceKind.Hang => "hang",
        DisturbanceKind.Delay => "delay",
        DisturbanceKind.Slow => "slow",
        DisturbanceKind.RateLimit => "rate-limit",
        _ => "truncate",
    };
}
