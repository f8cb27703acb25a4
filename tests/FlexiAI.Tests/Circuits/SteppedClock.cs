namespace FlexiAI.Tests.Circuits;

/// <summary>A clock moved by hand, whose wall time is a thing apart and whose timestamps tick at any frequency.</summary>
internal sealed class SteppedClock(long frequency = TimeSpan.TicksPerSecond) : TimeProvider
{
    private long _ticks = TimeSpan.TicksPerDay + 1;
    private int _reads;
    private (int Reads, Action Act)? _interruption;
    private int _interrupted;

    public override long TimestampFrequency => frequency;

    public DateTimeOffset Wall { get; set; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The timestamp in microseconds, for those who read no timestamps; looking at it is no reading of the time.</summary>
    public long Microseconds => (long)((Int128)Timestamp * 1_000_000 / frequency);

    /// <summary>How often the time was asked for.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Runs something in the midst of whatever reads the time next on this thread, after it has read it a number of times.</summary>
    public void InterruptAfter(int reads, Action act) => (_interrupted, _interruption) = (Environment.CurrentManagedThreadId, (reads, act));

    public void Advance(TimeSpan time)
    {
        Wall += time;
        Interlocked.Add(ref _ticks, time.Ticks);
    }

    public override DateTimeOffset GetUtcNow()
    {
        OnRead();
        return Wall;
    }

    public override long GetTimestamp()
    {
        OnRead();
        return Timestamp;
    }

    private long Timestamp => (long)((Int128)Volatile.Read(ref _ticks) * frequency / TimeSpan.TicksPerSecond);

    private void OnRead()
    {
        Interlocked.Increment(ref _reads);
        if (_interruption is var (reads, act) && _interrupted == Environment.CurrentManagedThreadId)
        {
            _interruption = reads > 0 ? (reads - 1, act) : null;
            if (reads == 0)
            {
                act();
            }
        }
    }
}
