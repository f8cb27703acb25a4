namespace FlexiAI.Cli;

/// <summary>A scripted incident: who asks how often, and what each provider does when.</summary>
internal sealed record Incident
{
    /// <summary>The file it is from, or its name if it ships with the command.</summary>
    public required string File { get; init; }

    public required string Title { get; init; }

    /// <summary>How long requests arrive. Those under way at the end still get their answers.</summary>
    public required TimeSpan Duration { get; init; }

    public required Arrivals Arrivals { get; init; }

    public required TokenUse Tokens { get; init; }

    public required long Seed { get; init; }

    public required IReadOnlyList<IncidentProvider> Providers { get; init; }

    /// <summary>The same requests at the same providers, with nothing wrong.</summary>
    public Incident WithoutDisturbances() => this with { Providers = [.. Providers.Select(provider => provider with { Disturbances = [] })] };
}

/// <summary>When requests arrive.</summary>
/// <param name="Rate">How many per second, on average.</param>
/// <param name="IsPoisson">Whether they come independently of each other; else at even distances.</param>
internal sealed record Arrivals(double Rate, bool IsPoisson);

/// <summary>What each request costs where it is answered.</summary>
internal sealed record TokenUse(int Input, int Output)
{
    public long Total => (long)Input + Output;
}

/// <summary>One provider in an incident.</summary>
/// <param name="Name">The name, or else the type, of the configured entries that it speaks of.</param>
/// <param name="Latency">How long its answers take.</param>
/// <param name="Disturbances">What goes wrong, in the order of their beginnings.</param>
internal sealed record IncidentProvider(string Name, Latency Latency, IReadOnlyList<Disturbance> Disturbances);
