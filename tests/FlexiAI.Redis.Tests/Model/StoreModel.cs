using System.Globalization;

namespace FlexiAI.Tests;

/// <summary>Who operates, and what it knows.</summary>
internal sealed record Caller(string Process, long Seen, long TimeToLive);

/// <summary>
/// What is said of shared circuits, written down a second time without Redis: plain values, one operation after the other, at the moment
/// that the caller says. Moments are microseconds, lengths of time milliseconds. Each operation returns whether it was accepted.
/// </summary>
internal sealed partial class StoreModel(CircuitBreakerOptions options, int quorum, string settings)
{
    private const long NoKey = -2;
    private const long NeverExpires = -1;

    private readonly Dictionary<string, long> _leases = [];
    private readonly Dictionary<string, long> _votes = [];
    private long _due;
    private long _at;
    private bool _known;
    private long _stateExpiry = NoKey;
    private long _leasesExpiry = NoKey;
    private long _votesExpiry = NoKey;

    public CircuitState State { get; private set; }

    public long Epoch { get; private set; }

    public int Opens { get; private set; }

    public int Successes { get; private set; }

    public string Cause { get; private set; } = "";

    public string By { get; private set; } = "";

    public long Due => State == CircuitState.Open ? _due : 0;

    private long Base => options.RecoveryTimeout.Ticks / TimeSpan.TicksPerMillisecond;

    private long Cap => options.MaxRecoveryTimeout.Ticks / TimeSpan.TicksPerMillisecond;

    private long LongestRetryAfter => options.MaxRetryAfter.Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>The reply to an operation that has just taken place.</summary>
    public CircuitView View(bool accepted, long now) => new()
    {
        Accepted = accepted,
        State = State,
        Epoch = Epoch,
        Remaining = TimeSpan.FromMilliseconds(Math.Max(0, (Due - now + 999) / 1000)),
        Opens = Opens,
        Successes = Successes,
        Leases = State == CircuitState.HalfOpen ? _leases.Values.Count(expiry => expiry > now) : 0,
        Age = TimeSpan.FromMilliseconds(_at == 0 ? 0 : Math.Max(0, (now - _at) / 1000)),
        Cause = Cause,
        By = By,
        OtherSettings = "",
        StoreTime = now,
    };

    /// <summary>What lies in the store, as <see cref="Fleet.StoredAsync"/> writes it.</summary>
    public string Render()
    {
        Dictionary<string, string> hash = !_known ? [] : new()
        {
            ["format"] = "1",
            ["state"] = $"{(int)State}",
            ["epoch"] = Text(Epoch),
            ["until"] = Text(_due),
            ["opens"] = Text(Opens),
            ["successes"] = Text(Successes),
            ["at"] = Text(_at),
            ["cause"] = Cause,
            ["by"] = By,
            ["settings"] = settings,
        };
        return Fleet.Render(hash, _leases, _votes, [_stateExpiry, _leasesExpiry, _votesExpiry]);
    }

    public void LoseState()
    {
        (_known, State, Epoch, _due, Opens, Successes, _at, Cause, By) = (false, CircuitState.Closed, 0, 0, 0, 0, 0, "", "");
        _stateExpiry = NoKey;
    }

    public void LoseLeases()
    {
        _leases.Clear();
        _leasesExpiry = NoKey;
    }

    public void LoseVotes()
    {
        _votes.Clear();
        _votesExpiry = NoKey;
    }

    private void Move(CircuitState to, Caller caller, long now, long breakTime, int opens, string cause, string by)
    {
        Epoch = new[] { Epoch + 1, now, caller.Seen + 1 }.Max();
        (_known, State, _due, Opens, Successes, _at, Cause, By) =
            (true, to, to == CircuitState.Open ? now + (breakTime * 1000) : 0, opens, 0, now, cause, by);
        LoseLeases();
        LoseVotes();
        _stateExpiry = to == CircuitState.Isolated ? NeverExpires : Later(_stateExpiry, caller, Math.Max(now, _due));
    }

    private void Open(Caller caller, long now, long atLeast, string cause)
    {
        var grown = Math.Min(Math.Max(Base, Cap), Base * Math.Pow(options.RecoveryBackoffFactor, Opens));
        Move(CircuitState.Open, caller, now, Math.Max((long)grown, atLeast), Opens + 1, cause, caller.Process);
    }

    // The time to live begins after whatever must not be forgotten, and no expiry becomes sooner.
    private static long Later(long expiry, Caller caller, long after) => Math.Max(expiry, (after / 1000) + caller.TimeToLive);

    private static void DropExpired(Dictionary<string, long> set, long now)
    {
        foreach (var member in set.Where(member => member.Value <= now).Select(member => member.Key).ToList())
        {
            set.Remove(member);
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
