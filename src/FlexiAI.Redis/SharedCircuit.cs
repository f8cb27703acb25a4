using System.Globalization;
using StackExchange.Redis;

namespace FlexiAI;

/// <summary>One circuit as the store's operations need it: where it lies, and the settings that travel with each operation.</summary>
internal sealed class SharedCircuit
{
    /// <param name="keys">Where the scope's circuits lie.</param>
    /// <param name="name">The circuit's name, the same in every process.</param>
    /// <param name="options">Its options, which ought to be the same in every process.</param>
    /// <param name="quorum">How many processes must have tripped before all are open; at least 1.</param>
    public SharedCircuit(CircuitKeys keys, string name, CircuitBreakerOptions options, int quorum = 1)
    {
        Name = name;
        Keys = keys.Of(name);
        Base = WholeMilliseconds(options.RecoveryTimeout);
        Factor = options.RecoveryBackoffFactor;
        Cap = WholeMilliseconds(options.MaxRecoveryTimeout);
        MaxRetryAfter = options.MaxRetryAfter;
        LongestBreak = Math.Max(Math.Max(Base, Cap), Milliseconds(MaxRetryAfter));
        Places = options.HalfOpenMaxCalls;
        Quorum = quorum;
        Settings = string.Create(
            CultureInfo.InvariantCulture,
            $"threshold {options.FailureThreshold}, recovery {Base} ms x {options.RecoveryBackoffFactor} up to {Cap} ms, Retry-After up to {Milliseconds(MaxRetryAfter)} ms, probes {Places}, quorum {quorum}");
    }

    public string Name { get; }

    public RedisKey[] Keys { get; }

    /// <summary>What ought to be the same everywhere, in words: a process whose words differ is named in the log.</summary>
    public string Settings { get; }

    public long Base { get; }

    public double Factor { get; }

    public long Cap { get; }

    public TimeSpan MaxRetryAfter { get; }

    /// <summary>Milliseconds that no break exceeds, whatever made it.</summary>
    public long LongestBreak { get; }

    public int Places { get; }

    public int Quorum { get; }

    // Rounded down: the process that opened the circuit goes by its own, exact time, and must not be refused at that by a rounded one.
    internal static long WholeMilliseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMillisecond;

    // Rounded up: nothing is due before its time.
    internal static long Milliseconds(TimeSpan time) => (time.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
}
