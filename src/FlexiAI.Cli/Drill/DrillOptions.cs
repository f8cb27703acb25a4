namespace FlexiAI.Cli;

/// <summary>The client of a drill: a primary and a backup on this machine.</summary>
internal static class DrillOptions
{
    public static FlexiOptions Create(DrillPlan plan, string primaryUrl, string backupUrl)
    {
        var primary = SimulatedEntry.OpenAI(priority: 1);
        var backup = SimulatedEntry.Anthropic(priority: 2);
        (primary.BaseUrl, backup.BaseUrl) = (primaryUrl, backupUrl);
        primary.Timeout = plan.Timeout;
        return new FlexiOptions
        {
            Providers = [primary, backup],
            FailoverMode = plan.Mode,
            CircuitBreaker = new() { FailureThreshold = plan.FailureThreshold, RecoveryTimeout = plan.RecoveryTimeout, HalfOpenMaxCalls = 1 },
        };
    }
}
