namespace FlexiAI.Soak;

/// <summary>Somebody who resets, isolates, prefers and looks while the storm goes on, and whose event handlers are bad.</summary>
internal sealed class Operator
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Fleet _fleet;
    private readonly Dictionary<string, (long Era, int Looks)> _halfOpen = [];
    private long _transitions;

    public Operator(Fleet fleet)
    {
        _fleet = fleet;
        fleet.Client.CircuitChanged += (_, transition) =>
        {
            Interlocked.Increment(ref _transitions);
            if (transition.Era % 3 == 0)
            {
                throw new InvalidOperationException("A bad handler.");
            }
        };
    }

    public long Transitions => Interlocked.Read(ref _transitions);

    public long Resets { get; private set; }

    /// <summary>
    /// How often in a row, at most, a provider under steady load was found in one and the same recovery. Counted in looks, 50 ms apart, since
    /// a machine that stands still would make any time long.
    /// </summary>
    public int LongestRecovery { get; private set; }

    public async Task WorkAsync(CancellationToken stop)
    {
        string[] names = ["one", "two", "backup"];
        for (var round = 1; !stop.IsCancellationRequested; round++)
        {
            Look();
            var name = names[Random.Shared.Next(names.Length)];
            switch (round % 40)
            {
                case 10 when !IsStuck(name):
                    Reset(name);
                    break;
                case 20 when !IsStuck(name):
                    _fleet.Client.IsolateProvider(name);
                    await Task.Delay(Pause, CancellationToken.None);
                    Reset(name);
                    break;
                case 30:
                    _fleet.Client.SetPrimaryProvider(names[Random.Shared.Next(2)]);
                    break;
            }

            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A circuit that does not come out of its recovery by itself is left alone, to be seen.
    private bool IsStuck(string name) => _halfOpen.TryGetValue(name, out var seen) && seen.Looks > 10;

    private void Reset(string name)
    {
        _fleet.Client.ResetCircuitBreakers(name);
        Resets++;
    }

    private void Look()
    {
        _ = _fleet.Client.GetRequestStats();
        foreach (var name in _fleet.Chats.Keys)
        {
            var circuit = _fleet.Client.GetProviderStatus(name).CircuitBreaker;
            var looks = circuit.State != CircuitState.HalfOpen ? 0
                : _halfOpen.TryGetValue(name, out var seen) && seen.Era == circuit.Era ? seen.Looks + 1
                : 1;
            _halfOpen[name] = (circuit.Era, looks);
            LongestRecovery = Math.Max(LongestRecovery, looks);
        }
    }
}
