namespace FlexiAI.Tests.Circuits;

/// <summary>One step of a history: what was done, the circuit before and after it, and the model after it.</summary>
internal sealed record CircuitStep(CircuitOperation Operation, CircuitStatus Before, CircuitStatus After, CircuitModel Model)
{
    /// <summary>The time after it, in ticks.</summary>
    public long Now { get; } = Model.Now;

    /// <summary>What a call was given, and what it was told if that is nothing.</summary>
    public CircuitPermit? Given { get; init; }

    public CircuitRefusal? Refusal { get; init; }

    /// <summary>When a probe that was given is lost.</summary>
    public long ExpiresAt { get; init; }

    /// <summary>What was settled, and whether that was the first time, and in time.</summary>
    public CircuitPermit? Settled { get; init; }

    /// <summary>What the model knows the settled call as.</summary>
    public Pass? Call { get; init; }

    public Verdict Verdict { get; init; }

    public bool Awaited { get; init; }

    public bool Counts => Settled is not null && Verdict == Verdict.Failure && ((Settle)Operation).Kind != FailureKind.InvalidRequest;
}

/// <summary>A breaker beside the model through a script.</summary>
internal sealed class CircuitHistory
{
    private readonly List<(CircuitPermit Permit, Pass Pass)> _calls = [];
    private readonly Action<CircuitStep> _check;
    private readonly bool _jumps;

    public CircuitHistory(CircuitScript script, Action<CircuitStep>? check = null, bool jumps = true, Action<CircuitBreaker>? prepare = null)
    {
        _check = check ?? (_ => { });
        _jumps = jumps;
        Breaker = new CircuitBreaker("history", script.Options, Clock);
        Log = new TransitionLog(Breaker);
        prepare?.Invoke(Breaker);
        Model = new CircuitModel(script.Options);
        foreach (var operation in script.Operations)
        {
            Take(operation);
        }
    }

    public SteppedClock Clock { get; } = new();

    public CircuitBreaker Breaker { get; }

    public CircuitModel Model { get; }

    public TransitionLog Log { get; }

    public CircuitStatus Status => Breaker.GetStatus();

    public IReadOnlyList<CircuitPermit> Permits => [.. _calls.Select(call => call.Permit)];

    public void Wait(TimeSpan time)
    {
        Model.Advance(time.Ticks);
        Clock.Advance(time);
    }

    private void Take(CircuitOperation operation)
    {
        switch (operation)
        {
            case Enter enter:
                Enter(enter, enter.ProbeSeconds);
                break;
            case Settle settle when _calls.Count > 0:
                Settle(settle);
                break;
            case Wait wait:
                Do(wait, () => Wait(TimeSpan.FromSeconds(wait.Seconds)));
                break;
            case WaitAsTold told when Status.RetryAfter is { } time && time.Ticks + told.Ticks >= 0:
                Do(told, () => Wait(time + TimeSpan.FromTicks(told.Ticks)));
                Enter(told, 20);
                break;
            case WaitForLoss loss when Model.Expiries.FirstOrDefault() is var expiry && expiry - Model.Now + loss.Ticks >= 0:
                Do(loss, () => Wait(TimeSpan.FromTicks(expiry - Model.Now + loss.Ticks)));
                break;
            case JumpOfTheWall jump:
                Do(jump, () => Clock.Wall += _jumps ? TimeSpan.FromMinutes(jump.Minutes) : TimeSpan.Zero);
                break;
            case Throttle throttle:
                Do(throttle, () =>
                {
                    Model.Throttle(throttle.Seconds * TimeSpan.TicksPerSecond);
                    Breaker.Throttle(TimeSpan.FromSeconds(throttle.Seconds));
                });
                break;
            case Isolate:
                Do(operation, () =>
                {
                    Model.Isolate();
                    Breaker.Isolate();
                });
                break;
            case Reset:
                Do(operation, () =>
                {
                    Model.Reset();
                    Breaker.Reset();
                });
                break;
            case Trip:
                for (var i = 0; i < Breaker.Options.FailureThreshold && Enter(operation, 20); i++)
                {
                    Settle(new Settle(0, Verdict.Failure, FailureKind.ServerError, 0));
                }

                break;
        }
    }

    private bool Enter(CircuitOperation operation, int probeSeconds)
    {
        var before = Status;
        var (pass, _) = Model.Enter(probeSeconds * TimeSpan.TicksPerSecond);
        var admitted = Breaker.TryEnter(TimeSpan.FromSeconds(probeSeconds), out var permit, out var refusal);
        if (admitted && pass is not null)
        {
            _calls.Add((permit, pass));
        }

        _check(new CircuitStep(operation, before, Status, Model)
        {
            Given = admitted ? permit : null,
            Refusal = admitted ? null : refusal,
            ExpiresAt = Model.Now + (probeSeconds * TimeSpan.TicksPerSecond),
        });
        return admitted && pass is not null;
    }

    // Permits of a closed circuit are no one's in particular: whoever takes one settles it once.
    private void Settle(Settle settle)
    {
        var before = Status;
        var i = Math.Max(0, _calls.Count - 1 - settle.Back);
        var (permit, pass) = _calls[i];
        var awaited = Model.Awaits(pass);
        var rest = Model.Settle(pass, settle.Verdict, settle.Kind, settle.RetryAfter * TimeSpan.TicksPerSecond);
        TimeSpan? retryAfter = settle.RetryAfter == 0 ? null : TimeSpan.FromSeconds(settle.RetryAfter);
        switch (settle.Verdict)
        {
            case Verdict.Success:
                permit.Success();
                break;
            case Verdict.Failure:
                permit.Failure(settle.Kind, retryAfter);
                break;
            case Verdict.Neutral:
                permit.Neutral();
                break;
            default:
                // The permit of the stream's beginning stays among the calls: it may be settled again.
                var stream = permit.FirstContent();
                if (rest is not null && rest != pass)
                {
                    _calls.Insert(0, (permit, pass));
                    _calls[i + 1] = (stream, rest);
                }

                break;
        }

        if (!permit.IsProbe && settle.Verdict != Verdict.FirstContent)
        {
            _calls.RemoveAt(i);
        }

        _check(new CircuitStep(settle, before, Status, Model) { Settled = permit, Call = pass, Verdict = settle.Verdict, Awaited = awaited });
    }

    private void Do(CircuitOperation operation, Action act)
    {
        var before = Status;
        act();
        _check(new CircuitStep(operation, before, Status, Model));
    }
}
