using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

/// <summary>A probe whose time is over gives its place in the fleet back.</summary>
public sealed class LostProbeTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_probe_that_never_ends_keeps_its_place_no_longer_than_it_may_be_out()
    {
        var options = new RedisSharingOptions { LeaseTime = TimeSpan.FromSeconds(3) };
        var leases = new ProbeLeases(new RedisLink(options, new SharingContext(_time, NullLogger.Instance)));
        leases.Begin(1, new ProbeLease("a/1", 7), TimeSpan.FromSeconds(20));
        List<int> keptUntil = [];
        for (var second = 2; second <= 60; second += 2)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            leases.Renew((_, lasts) => keptUntil.Add(second + (int)lasts.TotalSeconds));
        }

        Assert.Equal([5, 7, 9, 11, 13, 15, 17, 19, 20], keptUntil);
        Assert.False(leases.TryEnd(1, out _));
    }
}
