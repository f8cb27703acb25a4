namespace FlexiAI.Samples;

/// <summary>One example that can be run.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Shows">What it shows.</param>
/// <param name="RunAsync">Runs it against simulated providers.</param>
internal sealed record Sample(string Name, string Shows, Func<Simulation, Task> RunAsync)
{
    public static IReadOnlyList<Sample> All { get; } =
    [
        new("quick-reference", "the smallest set-up", QuickReference.RunAsync),
        new("setup", "a primary, a backup and their circuits", InitialSetup.RunAsync),
        new("presets", "circuit breaker options for three scenarios", Presets.RunAsync),
        new("failure-tracking", "three failures open a circuit", FailureTracking.RunAsync),
        new("monitoring", "state, failures and successes of each provider", MonitoringFailures.RunAsync),
        new("failover", "ten requests through an outage", Failover.RunAsync),
        new("recovery-steps", "an outage and its end, step by step", RecoverySteps.RunAsync),
        new("recovery", "one provider that stays down (takes 11 s)", CompleteRecovery.RunAsync),
        new("production", "three providers, monitoring, statistics", ProductionSetup.RunAsync),
        new("keep-alive", "one client for the application, by dependency injection", KeepClientAlive.RunAsync),
        new("timeouts", "thresholds and recovery times by environment", TimeoutsByEnvironment.RunAsync),
        new("monitor-health", "a background service that reports circuits", MonitorHealth.RunAsync),
        new("backups", "one backup, and two", SeveralBackups.RunAsync),
        new("all-fail", "what to do when no provider answers", AllProvidersFailing.RunAsync),
        new("manual", "reset, isolate and promote by hand", ManualControl.RunAsync),
        new("invalid-model", "a failover test with a model that does not exist", TestingWithInvalidModel.RunAsync),
        new("streaming", "a streamed answer, and what a cut one looks like", Streaming.RunAsync),
        new("broken-stream", "what is kept of a stream that breaks off", BrokenStream.RunAsync),
        new("taken-up-stream", "a stream that another provider takes up", TakenUpStream.RunAsync),
        new("hedging", "a second provider where the first is slow (takes 3 s)", Hedging.RunAsync),
        new("reasoning", "time limits for models that think", ReasoningClocks.RunAsync),
        new("configuration", "a client from a JSON file", FromConfiguration.RunAsync),
        new("many-processes", "circuits shared through Redis, and without it", ManyProcesses.RunAsync),
        new("gateway", "OpenAI's and Anthropic's clients against a gateway", GatewayClients.RunAsync),
        new("gateway-app", "the gateway in an application of one's own", GatewayInAnApp.RunAsync),
        new("attempts", "who was asked, and how it ended", ReadingAttempts.RunAsync),
        new("events", "being told when a circuit changes", CircuitEvents.RunAsync),
        new("one-client", "a circuit breaker around any IChatClient", OneClient.RunAsync),
        new("health-check", "the health check of ASP.NET Core", HealthChecks.RunAsync),
    ];

    public static Sample? Find(string name) => All.FirstOrDefault(sample => sample.Name == name);
}
