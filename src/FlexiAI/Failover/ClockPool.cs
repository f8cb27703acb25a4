using System.Numerics;

namespace FlexiAI;

/// <summary>
/// The clocks of one client that are not in use: a few for each processor, so that threads share no written cache line. A clock that finds
/// no place is let go.
/// </summary>
internal sealed class ClockPool(TimeProvider time) : IDisposable
{
    // Eight references are a cache line; as many again keep the neighbour's away.
    private const int Places = 8;
    private const int Stride = 2 * Places;

    private readonly double _timestampsPerTick = (double)time.TimestampFrequency / TimeSpan.TicksPerSecond;
    private readonly int _mask = (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount) - 1;
    private readonly AttemptClock?[] _clocks = new AttemptClock?[Stride * (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount)];

    public TimeProvider Time { get; } = time;

    public long Now => Time.GetTimestamp();

    public long Timestamps(TimeSpan time) => (long)(time.Ticks * _timestampsPerTick);

    public TimeSpan Span(long timestamps) => TimeSpan.FromTicks((long)Math.Ceiling(timestamps / _timestampsPerTick));

    /// <summary>A clock to start.</summary>
    public AttemptClock Take()
    {
        foreach (ref var place in Own())
        {
            if (Volatile.Read(ref place) is not null && Interlocked.Exchange(ref place, null) is { } clock)
            {
                return clock;
            }
        }

        return new AttemptClock(this);
    }

    public void Return(AttemptClock clock)
    {
        foreach (ref var place in Own())
        {
            if (Volatile.Read(ref place) is null && Interlocked.CompareExchange(ref place, clock, null) is null)
            {
                return;
            }
        }

        clock.Discard();
    }

    public void Dispose()
    {
        foreach (ref var place in _clocks.AsSpan())
        {
            Interlocked.Exchange(ref place, null)?.Discard();
        }
    }

    private Span<AttemptClock?> Own() => _clocks.AsSpan((Thread.GetCurrentProcessorId() & _mask) * Stride, Places);
}
