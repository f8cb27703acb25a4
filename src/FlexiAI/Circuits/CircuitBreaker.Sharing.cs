namespace FlexiAI;

/// <content>What the other processes that share the circuit decided.</content>
public sealed partial class CircuitBreaker
{
    /// <summary>Takes over the state that the others are in; a new era begins, and results of the one before are late.</summary>
    /// <param name="state">Their state.</param>
    /// <param name="remaining">Open: how long until a call is admitted.</param>
    /// <param name="opens">Times opened in a row without closing in between.</param>
    internal void Adopt(CircuitState state, TimeSpan remaining, int opens)
    {
        CircuitSnapshot s, next;
        do
        {
            s = ReadWithoutLostProbes(out var now);
            next = _rules.Adopt(s, state, now, remaining, opens, _counters.Sum(Successes));
        }
        while (!TryMove(s, next, CircuitTransitionCause.Remote));
    }

    /// <summary>The others are in this circuit's state: an open one goes by their time from now on.</summary>
    internal void Align(TimeSpan remaining, int opens)
    {
        CircuitSnapshot s, next;
        do
        {
            s = Volatile.Read(ref _current);
            next = _rules.Align(s, _time.GetTimestamp(), remaining, opens);
        }
        while (s.State == CircuitState.Open && !TryReplace(s, next));
    }
}
