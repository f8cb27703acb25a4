using System.Globalization;

namespace FlexiAI.Cli;

/// <summary>How the command spells what the engine names; these spellings are part of the <c>--json</c> formats.</summary>
internal static class Words
{
    public static string Of(CircuitState state) => state switch
    {
        CircuitState.Closed => "closed",
        CircuitState.Open => "open",
        CircuitState.HalfOpen => "half-open",
        _ => "isolated",
    };

    public static string Of(CircuitTransitionCause cause) => cause switch
    {
        CircuitTransitionCause.Threshold => "threshold",
        CircuitTransitionCause.Probe => "probe",
        CircuitTransitionCause.Remote => "remote",
        _ => "manual",
    };

    public static string Of(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Success => "success",
        AttemptOutcome.Skipped => "skipped",
        AttemptOutcome.Cancelled => "cancelled",
        _ => "failure",
    };

    public static string Of(FailoverMode mode) => mode == FailoverMode.Immediate ? "immediate" : "when-open";

    public static string Of(SkipReason? reason) => reason switch
    {
        SkipReason.CircuitOpen => "circuit open",
        SkipReason.ProbeInFlight => "probe in flight",
        SkipReason.Throttled => "throttled",
        SkipReason.Isolated => "isolated",
        _ => "not reached",
    };

    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.##} s");
}
