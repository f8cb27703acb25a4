using System.Numerics;

namespace FlexiAI;

/// <summary>
/// Sums that every call raises: one padded row of counters per processor, so that threads share no written cache line.
/// </summary>
internal sealed class StripedCounters(int counters)
{
    // 16 longs are 128 bytes: a line and the neighbour that the prefetcher brings with it.
    private const int Pad = 16;

    private readonly int _stride = (counters + Pad - 1) / Pad * Pad;
    private readonly int _mask = (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount) - 1;
    private readonly long[] _cells =
        new long[Pad + ((counters + Pad - 1) / Pad * Pad * (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount))];

    public void Add(int counter, long value = 1) => Interlocked.Add(ref Row[counter], value);

    /// <summary>The present processor's counters, for a caller that raises several.</summary>
    public Span<long> Row => _cells.AsSpan(Pad + ((Thread.GetCurrentProcessorId() & _mask) * _stride), _stride);

    public long Sum(int counter)
    {
        long sum = 0;
        for (var i = Pad + counter; i < _cells.Length; i += _stride)
        {
            sum += Volatile.Read(ref _cells[i]);
        }

        return sum;
    }
}
