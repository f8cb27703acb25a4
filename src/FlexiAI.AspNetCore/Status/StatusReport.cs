namespace FlexiAI;

/// <summary>What <c>GET /status</c> tells. Holds no secret.</summary>
/// <param name="Version">The gateway's version.</param>
/// <param name="Now">When this was written, by the wall clock.</param>
/// <param name="StartedAt">When the gateway began to watch.</param>
/// <param name="UptimeSeconds">How long ago that is.</param>
/// <param name="Ready">Whether a request would reach some provider now.</param>
/// <param name="Simulated">Whether providers are simulated.</param>
/// <param name="Providers">The entries in the order of the configuration.</param>
internal sealed record StatusReport(
    string Version, DateTimeOffset Now, DateTimeOffset StartedAt, double UptimeSeconds, bool Ready, bool Simulated, IReadOnlyList<ProviderReport> Providers);

/// <summary>One entry.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, such as <c>openai</c>.</param>
/// <param name="Model">Its model; null if it leaves that to its client.</param>
/// <param name="Priority">Its configured priority; 1 is asked first.</param>
/// <param name="Promoted">Whether it was put before all others by hand.</param>
/// <param name="Healthy">Whether its circuit is closed and it has not asked to be left alone.</param>
/// <param name="Simulated">Whether it is simulated.</param>
/// <param name="Failing">Simulated: whether it is made to fail; otherwise null.</param>
/// <param name="Circuit">Its circuit.</param>
/// <param name="Sharing">How the circuit is shared with other processes; null where it is this process's alone.</param>
internal sealed record ProviderReport(
    string Name,
    string Type,
    string? Model,
    int Priority,
    bool Promoted,
    bool Healthy,
    bool Simulated,
    bool? Failing,
    CircuitReport Circuit,
    CircuitSharingStatus? Sharing);
