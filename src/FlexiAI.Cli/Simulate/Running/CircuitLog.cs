namespace FlexiAI.Cli;

/// <summary>What a circuit does with requests.</summary>
internal enum CircuitPhase
{
    Closed,
    Open,
    HalfOpen,

    /// <summary>Closed, but the provider named a time before which it is not to be asked.</summary>
    Throttled,
}

/// <summary>The phases of one circuit, seen after each step of a run.</summary>
internal sealed class CircuitLog
{
    private readonly List<(TimeSpan At, CircuitPhase Phase)> _changes = [(TimeSpan.Zero, CircuitPhase.Closed)];
    private long _era = 1;

    /// <summary>Each change, the first at zero.</summary>
    public IReadOnlyList<(TimeSpan At, CircuitPhase Phase)> Changes => _changes;

    /// <summary>How often it opened, failed recoveries included.</summary>
    public int Openings { get; private set; }

    public void Look(TimeSpan now, CircuitStatus status)
    {
        if (status.Era != _era)
        {
            _era = status.Era;
            Openings += status.State == CircuitState.Open ? 1 : 0;
        }

        var phase = status.State switch
        {
            CircuitState.Open => CircuitPhase.Open,
            CircuitState.HalfOpen => CircuitPhase.HalfOpen,
            _ => status.Throttled ? CircuitPhase.Throttled : CircuitPhase.Closed,
        };
        if (phase != _changes[^1].Phase)
        {
            _changes.Add((now, phase));
        }
    }
}
