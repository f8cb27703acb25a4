using Perfolizer.Horology;

namespace FlexiAI.Benchmarks;

/// <summary>
/// Processor time of this process, all its threads together: what an operation costs, whoever else is on the machine. Wall clocks of a
/// shared machine measure its other users.
/// </summary>
internal sealed class ProcessorClock : IClock
{
    public string Title => "processor time";

    public bool IsAvailable => true;

    public Frequency Frequency => new(TimeSpan.TicksPerSecond);

    public long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;
}
