using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>How an attempt ended.</summary>
public enum AttemptOutcome
{
    /// <summary>The provider answered.</summary>
    Success,

    /// <summary>The provider was asked and failed.</summary>
    Failure,

    /// <summary>The provider was not asked.</summary>
    Skipped,

    /// <summary>Its answer was not wanted any more: the caller gave up, another provider's came first, or it did not fit what the caller had received.</summary>
    Cancelled,
}

/// <summary>Why a provider was not asked.</summary>
public enum SkipReason
{
    /// <summary>Its circuit is open.</summary>
    CircuitOpen,

    /// <summary>Its circuit is half-open and every probe is out.</summary>
    ProbeInFlight,

    /// <summary>It named a time before which it is not to be called.</summary>
    Throttled,

    /// <summary>It is isolated by hand.</summary>
    Isolated,

    /// <summary>The request ended before its turn: its failover mode, its deadline, its budget of attempts, or a fault of the caller's.</summary>
    NotReached,
}

/// <summary>One attempt of a request at one provider; a retry is an attempt of its own.</summary>
public sealed record Attempt
{
    /// <summary>The name of the provider entry.</summary>
    public required string Provider { get; init; }

    /// <summary>The model it was asked for; null if the entry leaves that to its client.</summary>
    public string? Model { get; init; }

    /// <summary>How it ended.</summary>
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public FailureKind? Kind { get; init; }

    /// <summary>Why it was skipped; null unless it was.</summary>
    public SkipReason? SkipReason { get; init; }

    /// <summary>The HTTP status of a failure, if a response arrived.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The reason of a failure in the provider's words; secrets removed.</summary>
    public string? Reason { get; init; }

    /// <summary>How long it took; zero if it was skipped.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How long until the provider may be asked again, where that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The tokens it used; null where the provider did not say.</summary>
    public UsageDetails? Usage { get; init; }

    internal static Attempt Success(string provider, string? model, TimeSpan duration, UsageDetails? usage) => new()
    {
        Provider = provider,
        Model = model,
        Outcome = AttemptOutcome.Success,
        Duration = duration,
        Usage = usage,
    };
}
