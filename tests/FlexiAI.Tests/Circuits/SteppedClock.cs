namespace FlexiAI.Tests.Circuits;

/// <summary>A clock moved by hand, whose wall time is a thing apart and whose timestamps tick at any frequency.</summary>
internal sealed class SteppedClock(long frequency = TimeSpan.TicksPerSecond) : TimeProvider
{
    private long _ticks = TimeSpan.TicksPerDay + 1;
    private int _reads;
    private (int Reads, Action Act)? _interruption;

    public override long TimestampFrequency => frequency;

    public DateTimeOffset Wall { get; set; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>How far the clock was moved; looking at this is no reading of the time.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Volatile.Read(ref _ticks) - TimeSpan.TicksPerDay - 1);

    /// <summary>How often the time was asked for.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Runs something in the midst of whatever reads the time next, after it has read it a number of times.</summary>
    public void InterruptAfter(int reads, Action act) => _interruption = (reads, act);

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
        return (long)((Int128)Volatile.Read(ref _ticks) * frequency / TimeSpan.TicksPerSecond);
    }

    private void OnRead()
    {
        Interlocked.Increment(ref _reads);
        if (_interruption is var (reads, act))
        {
            _interruption = reads > 0 ? (reads - 1, act) : null;
            if (reads == 0)
            {
                act();
            }
        }
    }
}
