using FlexiAI.Cli;

namespace FlexiAI.Tests;

public sealed class DrawsTests
{
    [Fact]
    public void Numbers_AreThoseOfSplitMix64()
    {
        // The reference implementation's first numbers for the seed 1234567 (https://prng.di.unimi.it/splitmix64.c).
        var draws = new Draws(1234567);
        foreach (var number in new[] { 6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL })
        {
            Assert.Equal((number >> 11) * Math.Pow(2, -53), draws.Next());
        }
    }

    [Fact]
    public void EachPurpose_HasNumbersOfItsOwn()
    {
        var first = Draws.For(1, 0, 0, 0);
        Assert.Equal(first.Next(), Draws.For(1, 0, 0, 0).Next());
        double[] others = [Draws.For(2, 0, 0, 0).Next(), Draws.For(1, 1, 0, 0).Next(), Draws.For(1, 0, 1, 0).Next(), Draws.For(1, 0, 0, 1).Next(), Draws.For(1, -1).Next()];
        Assert.Equal(others.Length, others.Distinct().Count());
        Assert.DoesNotContain(Draws.For(1, 0, 0, 0).Next(), others);
    }

    [Fact]
    public void Latencies_HaveTheGivenMedianAndPercentile()
    {
        var latency = new Latency(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(9));
        var times = Enumerable.Range(0, 100_000).Select(i =>
        {
            var draws = Draws.For(7, i);
            return latency.Draw(ref draws).TotalSeconds;
        }).Order().ToList();
        Assert.InRange(times[50_000], 1.97, 2.03);
        Assert.InRange(times[99_000], 8.7, 9.3);
    }

    [Fact]
    public void ALatencyWithoutSpread_IsAlwaysTheSame()
    {
        var draws = Draws.For(1);
        Assert.Equal(TimeSpan.FromSeconds(2), new Latency(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)).Draw(ref draws));
    }
}
