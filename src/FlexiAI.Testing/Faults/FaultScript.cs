namespace FlexiAI.Testing;

/// <summary>
/// When a <see cref="SimulatedProvider"/> fails, and how. Rules are tried in the order they were added and the first that applies is
/// played; the fault of <see cref="Always"/> comes last, whenever it was added. Without one that applies the request is answered. Thread-safe.
/// </summary>
public sealed class FaultScript
{
    private readonly Lock _gate = new();
    private readonly List<FaultRule> _rules = [];
    private readonly TimeProvider _time;
    private Fault? _always;

    internal FaultScript(TimeProvider time) => _time = time;

    /// <summary>Every request that no other rule takes fails, until <see cref="Clear"/>. Replaces an earlier one.</summary>
    /// <param name="fault">How.</param>
    /// <returns>This script.</returns>
    public FaultScript Always(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_gate)
        {
            _always = fault;
        }

        return this;
    }

    /// <summary>The next request fails. Several such rules queue up.</summary>
    /// <param name="fault">How.</param>
    /// <returns>This script.</returns>
    public FaultScript Next(Fault fault) => Next(1, fault);

    /// <summary>The next requests fail. Several such rules queue up.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="fault">How.</param>
    /// <returns>This script.</returns>
    public FaultScript Next(int count, Fault fault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(fault);
        return Add(new FaultRule(fault, _ => true) { Left = count });
    }

    /// <summary>Requests of a kind fail, until <see cref="Clear"/>.</summary>
    /// <param name="condition">Which. Called for one request at a time.</param>
    /// <param name="fault">How.</param>
    /// <returns>This script.</returns>
    public FaultScript When(Func<SimulatedRequest, bool> condition, Fault fault)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(fault);
        return Add(new FaultRule(fault, condition));
    }

    /// <summary>Requests that arrive within a window of time fail.</summary>
    /// <param name="from">Its begin, counted from now on the provider's clock; not negative.</param>
    /// <param name="to">Its end, counted from now, itself outside; later than <paramref name="from"/>.</param>
    /// <param name="fault">How. Default: <see cref="Fault.Overloaded"/>.</param>
    /// <returns>This script.</returns>
    public FaultScript Outage(TimeSpan from, TimeSpan to, Fault? fault = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        var begin = _time.GetTimestamp();
        return Add(new FaultRule(fault ?? Fault.Overloaded(), request =>
        {
            var elapsed = _time.GetElapsedTime(begin, request.Timestamp);
            return elapsed >= from && elapsed < to;
        }));
    }

    /// <summary>Heals the provider: no rule is left. Requests already failing go on failing.</summary>
    /// <returns>This script.</returns>
    public FaultScript Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
            _always = null;
        }

        return this;
    }

    internal Fault? Take(SimulatedRequest request)
    {
        lock (_gate)
        {
            FaultRule? rule;
            try
            {
                rule = _rules.Find(rule => rule.Applies(request));
            }
            catch (Exception exception)
            {
                // A condition that throws is a mistake in a test: told in a reply rather than lost in the server.
                return Fault.Error("failed condition", new VendorError(VendorErrorKind.ServerError)
                {
                    Message = $"The condition of a fault failed: {exception.Message}",
                });
            }

            if (rule is { Left: not null } && --rule.Left == 0)
            {
                _rules.Remove(rule);
            }

            return rule?.Fault ?? _always;
        }
    }

    private FaultScript Add(FaultRule rule)
    {
        lock (_gate)
        {
            _rules.Add(rule);
        }

        return this;
    }

    private sealed class FaultRule(Fault fault, Func<SimulatedRequest, bool> applies)
    {
        public Fault Fault => fault;

        public Func<SimulatedRequest, bool> Applies => applies;

        public int? Left { get; set; }
    }
}
