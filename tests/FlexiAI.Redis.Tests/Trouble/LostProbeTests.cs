using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

/// <summary>A probe whose time is over gives its place in the fleet back.</summary>
public sealed class LostProbeTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData("success")]
    [InlineData("failure")]
    [InlineData("neutral")]
    public void A_probe_that_ends_too_late_still_gives_its_place_back(string end)
    {
        var peer = new RecordingPeer();
        var circuit = new CircuitBreaker("primary", new() { FailureThreshold = 1, RecoveryTimeout = TimeSpan.FromSeconds(1) }, _time) { Peer = peer };
        Assert.True(circuit.TryEnter(out var permit));
        permit.Failure();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(circuit.TryEnter(TimeSpan.FromSeconds(5), out var probe, out _));
        _time.Advance(TimeSpan.FromSeconds(5));

        switch (end)
        {
            case "success":
                probe.Success();
                break;
            case "failure":
                probe.Failure();
                break;
            default:
                probe.Neutral();
                break;
        }

        Assert.Equal([CircuitVote.Neutral], peer.Votes);
    }

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

    private sealed class RecordingPeer : ICircuitPeer
    {
        public List<CircuitVote> Votes { get; } = [];

        public bool GrantsProbes => false;

        public void Tripped(TimeSpan breakTime, FailureKind? kind)
        {
        }

        public CircuitEntry? EnterAtOnce(TimeSpan probeTimeout) => null;

        public void ProbeSettled(long probe, CircuitVote vote, TimeSpan breakTime) => Votes.Add(vote);

        public void Throttled(TimeSpan retryAfter)
        {
        }

        public void Reset()
        {
        }
    }
}
