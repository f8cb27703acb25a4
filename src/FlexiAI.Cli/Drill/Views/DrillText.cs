using System.Globalization;

namespace FlexiAI.Cli;

/// <summary>A drill's events in words, the same in every view for people.</summary>
internal static class DrillText
{
    public static string Title(DrillPlan plan) =>
        "Drill: openai is the primary, anthropic the backup, both simulated on this machine and reached over real HTTP.\n"
        + string.Create(CultureInfo.InvariantCulture, $"{plan.FailureThreshold} failures open a circuit; after {Words.Seconds(plan.RecoveryTimeout)} one request tests recovery. ")
        + (plan.Mode == FailoverMode.Immediate
            ? "Failover at once: no request fails."
            : "Failover when the circuit is open: until then requests fail.");

    public static string Time(double t) => string.Create(CultureInfo.InvariantCulture, $"T={t,6:0.00} s");

    public static string Outcome(DrillRequest request) => request.Provider ?? "failed";

    public static string Attempts(DrillRequest request) => Attempts(request.Attempts);

    public static string Attempts(IEnumerable<DrillAttempt> attempts) => string.Join(", ", attempts.Select(attempt => attempt.Outcome switch
    {
        "success" => $"{attempt.Provider} answers",
        "skipped" => $"{attempt.Provider} skipped",
        _ => $"{attempt.Provider} fails ({attempt.Kind})",
    }));

    public static string Transition(DrillTransition transition) =>
        $"circuit of {transition.Circuit}: {transition.From} -> {transition.To} ({transition.Cause})";

    public static string Summary(DrillSummary summary, DrillVerdict verdict) => string.Create(
        CultureInfo.InvariantCulture,
        $"{summary.Requests} requests: {summary.Succeeded} answered, {summary.Failed} failed. {(summary.Recovered ? "openai serves again." : "openai did not recover.")} {Verdict(verdict)}");

    public static string Verdict(DrillVerdict verdict) => verdict.Passed ? "Everything went as it must." : "Not everything went as it must.";
}
