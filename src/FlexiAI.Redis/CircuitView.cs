using StackExchange.Redis;

namespace FlexiAI;

/// <summary>A shared circuit as the store saw it at the end of one operation.</summary>
internal readonly record struct CircuitView
{
    /// <summary>
    /// Whether the operation did what it is for. Acquiring and renewing a lease that is held is accepted too. What was not accepted changed
    /// nothing.
    /// </summary>
    public bool Accepted { get; init; }

    public CircuitState State { get; init; }

    /// <summary>Rises with each transition; 0 if the store knows nothing of the circuit. A view with a lower one is older.</summary>
    public long Epoch { get; init; }

    /// <summary>What is left of the break of an open circuit, rounded up to a millisecond; zero if the next call may test recovery.</summary>
    public TimeSpan Remaining { get; init; }

    /// <summary>How often it opened since it was closed.</summary>
    public int Opens { get; init; }

    /// <summary>Probes of this epoch that succeeded.</summary>
    public int Successes { get; init; }

    /// <summary>Probes of this epoch that are out.</summary>
    public int Leases { get; init; }

    /// <summary>Time since the last transition.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Why the circuit was last tripped, or closed, as told by <see cref="By"/>; empty if it is not known.</summary>
    public string Cause { get; init; }

    /// <summary>The process that last tripped it, or closed it; empty if it is not known.</summary>
    public string By { get; init; }

    /// <summary>The settings of the process that made the last transition, if they are not the caller's; otherwise empty.</summary>
    public string OtherSettings { get; init; }

    /// <summary>Microseconds since 1970 by the store's clock. Means nothing beside any other clock.</summary>
    public long StoreTime { get; init; }

    /// <summary>Reads a reply of the script.</summary>
    public static CircuitView Parse(RedisResult reply) => new()
    {
        Accepted = (int)reply[0] == 1,
        State = (CircuitState)(int)reply[1],
        Epoch = (long)reply[2],
        Remaining = TimeSpan.FromMilliseconds((long)reply[3]),
        Opens = (int)reply[4],
        Successes = (int)reply[5],
        Leases = (int)reply[6],
        Age = TimeSpan.FromMilliseconds((long)reply[7]),
        Cause = (string?)reply[8] ?? "",
        By = (string?)reply[9] ?? "",
        OtherSettings = (string?)reply[10] ?? "",
        StoreTime = (long)reply[11],
    };
}
