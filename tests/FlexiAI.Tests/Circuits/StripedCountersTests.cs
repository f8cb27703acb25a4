using System.Runtime.CompilerServices;

namespace FlexiAI.Tests.Circuits;

public class StripedCountersTests
{
    private const int CacheLines = 128;

    [Theory]
    [InlineData(1, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    public void A_row_holds_the_counters_in_whole_cache_lines(int counters, int cells) =>
        Assert.Equal(cells, new StripedCounters(counters).Row.Length);

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    public void Each_processor_has_a_row_of_its_own_and_those_that_come_later_share(int counters)
    {
        var striped = new StripedCounters(counters);
        ref var first = ref striped.RowOf(0)[0];
        for (var processor = 0; processor < 4 * StripedCounters.Rows; processor++)
        {
            var offset = Unsafe.ByteOffset(ref first, ref striped.RowOf(processor)[0]);

            Assert.Equal(processor % StripedCounters.Rows * striped.Row.Length * sizeof(long), offset);
            Assert.Equal(0, offset % CacheLines);
        }
    }

    [Fact]
    public void A_sum_is_of_one_counter_over_every_row()
    {
        var striped = new StripedCounters(2);
        for (var processor = 0; processor < StripedCounters.Rows; processor++)
        {
            striped.RowOf(processor)[0] = 1;
            striped.RowOf(processor)[1] = 10;
        }

        striped.Add(1, 5);

        Assert.Equal((StripedCounters.Rows, (10 * StripedCounters.Rows) + 5), (striped.Sum(0), striped.Sum(1)));
    }
}
