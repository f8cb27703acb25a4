namespace FlexiAI.Cli;

/// <summary>
/// Takes in the client's transitions, which come on threads of the pool, and lets a request wait for those that it caused: so each is
/// told before the request whose circuits show it.
/// </summary>
internal sealed class TransitionLog : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _eras = [];
    private readonly List<DrillTransition> _told = [];
    private readonly FlexiClient _client;
    private readonly Func<double> _now;
    private readonly Action<DrillTransition> _tell;
    private TaskCompletionSource _arrival = Fresh();

    public TransitionLog(FlexiClient client, Func<double> now, Action<DrillTransition> tell)
    {
        (_client, _now, _tell) = (client, now, tell);
        client.CircuitChanged += Add;
    }

    public IReadOnlyList<DrillTransition> Told
    {
        get
        {
            lock (_gate)
            {
                return [.. _told];
            }
        }
    }

    /// <summary>Waits until every transition that this status shows was told; not for ever, as a handler of ours that fails would never tell it.</summary>
    public async Task CatchUpAsync(IReadOnlyList<ProviderStatus> status, CancellationToken cancelled)
    {
        while (true)
        {
            Task arrival;
            lock (_gate)
            {
                if (status.All(provider => provider.CircuitBreaker.Era <= _eras.GetValueOrDefault(provider.Name, defaultValue: 1)))
                {
                    return;
                }

                arrival = _arrival.Task;
            }

            try
            {
                await arrival.WaitAsync(Patience, TimeProvider.System, cancelled).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return;
            }
        }
    }

    public void Dispose() => _client.CircuitChanged -= Add;

    private void Add(object? sender, CircuitTransition transition)
    {
        TaskCompletionSource arrived;
        lock (_gate)
        {
            var line = new DrillTransition(
                _now(), "transition", transition.Circuit, Words.Of(transition.From), Words.Of(transition.To), Words.Of(transition.Cause));
            _told.Add(line);
            _tell(line);
            _eras[transition.Circuit] = transition.Era;
            (arrived, _arrival) = (_arrival, Fresh());
        }

        arrived.SetResult();
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
