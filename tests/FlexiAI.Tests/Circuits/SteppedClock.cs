namespace FlexiAI.Tests.Circuits;

/// <summary>A clock moved by hand, whose wall time is a thing apart and whose timestamps tick at any frequency.</summary>
internal sealed class SteppedClock(long frequency = TimeSpan.TicksPerSecond) : TimeProvider
{
    private long _ticks = TimeSpan.TicksPerDay + 1;
    private int _reads;

    public override long TimestampFrequency => frequency;

    public DateTimeOffset Wall { get; set; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>How often the time was asked for.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public void Advance(TimeSpan time)
    {
        Wall += time;
        Interlocked.Add(ref _ticks, time.Ticks);
    }

    public override DateTimeOffset GetUtcNow()
    {
        Interlocked.Increment(ref _reads);
        return Wall;
    }

    public override long GetTimestamp()
    {
        Interlocked.Increment(ref _reads);
        return (long)((Int128)Volatile.Read(ref _ticks) * frequency / TimeSpan.TicksPerSecond);
    }
}
