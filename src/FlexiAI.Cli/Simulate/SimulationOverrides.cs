using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace FlexiAI.Cli;

/// <summary>Options of the command line that take the place of what is configured, for trying values out.</summary>
internal static class SimulationOverrides
{
    private static readonly Option<string?> Mode = new("--mode") { Description = "Failover mode: immediate or when-open.", HelpName = "immediate|when-open" };
    private static readonly Option<int?> FailureThreshold = new("--failure-threshold") { Description = "Failures in a row that open a circuit.", HelpName = "n" };
    private static readonly Option<TimeSpan?> RecoveryTimeout = Time("--recovery-timeout", "How long an open circuit waits before it tests recovery.");
    private static readonly Option<TimeSpan?> EntryTimeout = Time("--timeout", "Every entry's time limit for one attempt.");
    private static readonly Option<int?> MaxRetries = new("--max-retries") { Description = "Every entry's limit of retries.", HelpName = "n" };

    static SimulationOverrides() => Mode.Validators.Add(result =>
    {
        if (result.Tokens is [.., var token] && token.Value is not ("immediate" or "when-open"))
        {
            result.AddError($"--mode is \"{token.Value}\"; allowed: immediate, when-open.");
        }
    });

    /// <summary>The seed of everything random in the incident.</summary>
    public static Option<long?> Seed { get; } = new("--seed") { Description = "The seed of everything random. Default: the incident's.", HelpName = "n" };

    public static IEnumerable<Option> Options => [Seed, Mode, FailureThreshold, RecoveryTimeout, EntryTimeout, MaxRetries];

    public static void Apply(ParseResult parsed, FlexiOptions options)
    {
        options.FailoverMode = parsed.GetValue(Mode) switch
        {
            "immediate" => FailoverMode.Immediate,
            "when-open" => FailoverMode.WhenOpen,
            _ => options.FailoverMode,
        };
        options.CircuitBreaker.FailureThreshold = parsed.GetValue(FailureThreshold) ?? options.CircuitBreaker.FailureThreshold;
        options.CircuitBreaker.RecoveryTimeout = parsed.GetValue(RecoveryTimeout) ?? options.CircuitBreaker.RecoveryTimeout;
        foreach (var entry in options.Providers)
        {
            entry.Timeout = parsed.GetValue(EntryTimeout) ?? entry.Timeout;
            entry.MaxRetries = parsed.GetValue(MaxRetries) ?? entry.MaxRetries;
        }
    }

    private static Option<TimeSpan?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "seconds|hh:mm:ss",
        CustomParser = result => Parse(name, result),
    };

    private static TimeSpan? Parse(string name, ArgumentResult result)
    {
        var text = result.Tokens is [.., var token] ? token.Value : "";
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= 86_400)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time))
        {
            return time;
        }

        result.AddError($"{name} is \"{text}\"; allowed: seconds such as 30, or a time such as 00:00:30, up to a day.");
        return null;
    }
}
