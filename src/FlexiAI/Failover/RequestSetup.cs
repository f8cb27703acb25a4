namespace FlexiAI;

/// <summary>What a request goes by from its beginning to its end: the entries and the options as they were when it began.</summary>
internal sealed class RequestSetup
{
    /// <param name="providers">The entries.</param>
    /// <param name="settings">The options.</param>
    /// <param name="clocks">The client's clocks.</param>
    /// <param name="telemetry">What the client tells the world.</param>
    /// <param name="before">What it replaces, whose unused hedges it goes on with.</param>
    public RequestSetup(ProviderSet providers, FailoverSettings settings, ClockPool clocks, FlexiTelemetry telemetry, RequestSetup? before = null)
    {
        (Providers, Settings, Clocks, Telemetry) = (providers, settings, clocks, telemetry);
        Requests = new UseCount(() => Unused?.Invoke(this));
        Caller = new ProviderCaller(settings, clocks);
        if (settings.HedgeAfter is { } after)
        {
            var kept = before is { Hedging: { } hedging } && before.Settings.HedgeBudget.Equals(settings.HedgeBudget) ? hedging.Budget : null;
            Hedging = new Hedging(after, kept ?? new HedgeBudget(settings.HedgeBudget), clocks.Time);
        }
    }

    public ProviderSet Providers { get; }

    public FailoverSettings Settings { get; }

    public ClockPool Clocks { get; }

    public FlexiTelemetry Telemetry { get; }

    public ProviderCaller Caller { get; }

    public Hedging? Hedging { get; }

    /// <summary>The requests that go by it.</summary>
    public UseCount Requests { get; }

    /// <summary>Called when it was replaced and the last request that went by it is over.</summary>
    public Action<RequestSetup>? Unused { get; set; }
}
