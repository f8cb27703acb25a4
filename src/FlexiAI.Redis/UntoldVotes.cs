using System.Collections.Concurrent;

namespace FlexiAI;

/// <summary>
/// How probes ended that Redis may not know of: it was away when they did, or did not answer. Until it knows, their places stay taken and
/// nobody else may test the recovery.
/// </summary>
internal sealed class UntoldVotes
{
    private readonly ConcurrentDictionary<ProbeLease, (CircuitVote Vote, TimeSpan BreakTime)> _votes = new();

    public void Add(ProbeLease lease, CircuitVote vote, TimeSpan breakTime) => _votes[lease] = (vote, breakTime);

    /// <summary>Tells again what may still count in this view, and forgets what cannot. To tell twice changes nothing.</summary>
    public void Retell(CircuitView view, Action<ProbeLease, CircuitVote, TimeSpan> tell)
    {
        foreach (var (lease, (vote, breakTime)) in _votes)
        {
            // A store that lost its data is told of the circuit first, in a new epoch: then it ends here too.
            if (view.Epoch >= lease.Epoch && _votes.TryRemove(lease, out _)
                && view.State == CircuitState.HalfOpen && (lease.Epoch == 0 || lease.Epoch == view.Epoch))
            {
                tell(lease with { Epoch = view.Epoch }, vote, breakTime);
            }
        }
    }
}
