namespace FlexiAI.Contrast;

/// <summary>A clock moved by hand, whose wall time can be set as an administrator or a time server sets it.</summary>
internal sealed class ScriptClock : TimeProvider
{
    private long _ticks = TimeSpan.TicksPerHour;
    private TimeSpan _correction;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero) + TimeSpan.FromTicks(_ticks) + _correction;

    public void Advance(TimeSpan time) => _ticks += time.Ticks;

    /// <summary>Sets the wall clock forward or back. No time passes.</summary>
    public void SetWallClock(TimeSpan by) => _correction += by;
}
