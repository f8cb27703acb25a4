namespace FlexiAI.Tests;

/// <summary>One process of a fleet, which remembers the newest epoch that it saw. Arguments that a test does not care about are usual ones.</summary>
internal sealed class Member(RedisCircuitStore store, SharedCircuit circuit)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public long Seen { get; set; }

    public Task<CircuitView> Trip(string cause = "ServerError", TimeSpan atLeast = default, TimeSpan? vote = null, long? seen = null) =>
        Remember(store.TripAsync(circuit, seen ?? Seen, cause, atLeast, vote ?? Minute, TestContext.Current.CancellationToken));

    public Task<CircuitView> Withdraw() => Remember(store.WithdrawAsync(circuit, TestContext.Current.CancellationToken));

    public Task<CircuitView> Acquire(string lease, TimeSpan? lasts = null, long? seen = null) =>
        Remember(store.AcquireAsync(circuit, seen ?? Seen, lease, lasts ?? Minute, TestContext.Current.CancellationToken));

    public Task<CircuitView> Report(string lease, CircuitVote vote, TimeSpan atLeast = default, long? epoch = null) =>
        Remember(store.ReportAsync(circuit, epoch ?? Seen, lease, vote, "probe", atLeast, TestContext.Current.CancellationToken));

    public Task<CircuitView> Renew(string lease, TimeSpan lasts, long? epoch = null) =>
        Remember(store.RenewAsync(circuit, epoch ?? Seen, lease, lasts, TestContext.Current.CancellationToken));

    public Task<CircuitView> Extend(TimeSpan retryAfter, long? epoch = null) =>
        Remember(store.ExtendAsync(circuit, epoch ?? Seen, retryAfter, TestContext.Current.CancellationToken));

    public Task<CircuitView> Assert(TimeSpan remaining, int opens = 1, CircuitState state = CircuitState.Open, long? seen = null) =>
        Remember(store.AssertAsync(circuit, seen ?? Seen, state, "restated", remaining, opens, TestContext.Current.CancellationToken));

    public Task<CircuitView> Force(bool isolated, long? seen = null) =>
        Remember(store.ForceAsync(circuit, seen ?? Seen, isolated, "by hand", TestContext.Current.CancellationToken));

    public Task<CircuitView> Read() => Remember(store.ReadAsync(circuit, TestContext.Current.CancellationToken));

    private async Task<CircuitView> Remember(Task<CircuitView> operation)
    {
        var view = await operation;
        Seen = Math.Max(Seen, view.Epoch);
        return view;
    }
}
