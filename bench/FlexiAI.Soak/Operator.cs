namespace FlexiAI.Soak;

/// <summary>Somebody who resets, isolates, prefers and looks while the storm goes on, and whose event handlers are bad.</summary>
internal sealed class Operator
{
    private readonly Fleet _fleet;
    private readonly Dictionary<string, (long Era, long Since)> _halfOpen = [];
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

    /// <summary>The longest that one recovery of a provider under steady load took to be decided.</summary>
    public TimeSpan LongestRecovery { get; private set; }

    public async Task WorkAsync(CancellationToken stop)
    {
        string[] names = ["one", "two", "backup"];
        for (var round = 1; !stop.IsCancellationRequested; round++)
        {
            Look();
            var name = names[Random.Shared.Next(names.Length)];
            switch (round % 40)
            {
                case 10:
                    _fleet.Client.ResetCircuitBreakers(name);
                    Resets++;
                    break;
                case 20:
                    _fleet.Client.IsolateProvider(name);
                    await Task.Delay(50, CancellationToken.None);
                    _fleet.Client.ResetCircuitBreakers(name);
                    Resets++;
                    break;
                case 30:
                    _fleet.Client.SetPrimaryProvider(names[Random.Shared.Next(2)]);
                    break;
            }

            await Task.Delay(50, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Look()
    {
        _ = _fleet.Client.GetRequestStats();
        foreach (var name in _fleet.Chats.Keys)
        {
            var circuit = _fleet.Client.GetProviderStatus(name).CircuitBreaker;
            if (circuit.State != CircuitState.HalfOpen)
            {
                _halfOpen.Remove(name);
            }
            else if (_halfOpen.TryGetValue(name, out var seen) && seen.Era == circuit.Era)
            {
                var time = TimeSpan.FromMilliseconds(Environment.TickCount64 - seen.Since);
                LongestRecovery = time > LongestRecovery ? time : LongestRecovery;
            }
            else
            {
                _halfOpen[name] = (circuit.Era, Environment.TickCount64);
            }
        }
    }
}
