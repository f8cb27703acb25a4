namespace FlexiAI.Tests.Circuits;

public class CountingTests
{
    private readonly CircuitUnderTest _circuit = new();

    [Fact]
    public void A_new_circuit_is_closed_in_its_first_era()
    {
        var status = _circuit.Status;

        Assert.Equal(("primary", CircuitState.Closed, 1L, 0, 0L), (status.Name, status.State, status.Era, status.FailureCount, status.SuccessCount));
        Assert.Null(status.LastFailureTime);
        Assert.Null(status.LastFailureKind);
        Assert.Equal(TimeSpan.Zero, status.RetryAfter);
        Assert.False(status.Throttled);
        Assert.Equal((0L, 0L), (status.Rejections, status.LateResults));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task S2_TheNthConsecutiveFailure_OpensOnceWithOneEvent(int threshold)
    {
        var circuit = new CircuitUnderTest(new() { FailureThreshold = threshold });
        var inFlight = Enumerable.Range(0, threshold + 3).Select(_ => circuit.Enter()).ToList();

        foreach (var (permit, n) in inFlight.Select((permit, i) => (permit, i + 1)))
        {
            Assert.Equal(n <= threshold ? CircuitState.Closed : CircuitState.Open, circuit.State);
            permit.Failure(FailureKind.Timeout);
            Assert.Equal(Math.Min(n, threshold), circuit.Status.FailureCount);
        }

        Assert.Equal((CircuitState.Open, 2L, 3L), (circuit.State, circuit.Status.Era, circuit.Status.LateResults));
        circuit.Breaker.Reset();
        var transitions = await circuit.Log.UpTo(3);
        Assert.Equal(
            [
                new("primary", CircuitState.Closed, CircuitState.Open, 2, CircuitTransitionCause.Threshold, circuit.RecoveryTimeout, FailureKind.Timeout),
                new("primary", CircuitState.Open, CircuitState.Closed, 3, CircuitTransitionCause.Manual, null, null),
            ],
            transitions);
    }

    [Fact]
    public void A_success_sets_the_failure_count_to_zero()
    {
        _circuit.Fail(2);
        Assert.Equal(2, _circuit.Breaker.Failures);

        _circuit.Succeed();
        Assert.Equal(0, _circuit.Breaker.Failures);

        _circuit.Fail(2);
        Assert.Equal(CircuitState.Closed, _circuit.State);
        _circuit.Fail();
        Assert.Equal(CircuitState.Open, _circuit.State);
    }

    [Fact]
    public void S7_Neutral_ChangesNoCount()
    {
        _circuit.Succeed(4);
        _circuit.Fail(2);
        var before = _circuit.Status;

        _circuit.Enter().Neutral();

        Assert.Equal(before, _circuit.Status);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_counts_by_default_unless_it_is_the_callers(FailureKind kind)
    {
        var neutral = kind is FailureKind.ContextTooLong or FailureKind.ContentFiltered or FailureKind.InvalidRequest or FailureKind.Cancelled;

        _circuit.Fail(kind: kind);

        Assert.Equal(neutral ? 0 : 1, _circuit.Status.FailureCount);
        Assert.Equal(neutral ? null : kind, _circuit.Status.LastFailureKind);
    }

    public static TheoryData<FailureKind> Kinds() => [.. Enum.GetValues<FailureKind>()];

    [Fact]
    public void CountedFailures_chooses_the_kinds_that_count()
    {
        var circuit = new CircuitUnderTest(new() { CountedFailures = new HashSet<FailureKind> { FailureKind.InvalidRequest } });

        circuit.Fail(kind: FailureKind.ServerError);
        Assert.Equal(0, circuit.Status.FailureCount);

        circuit.Fail(kind: FailureKind.InvalidRequest);
        Assert.Equal(1, circuit.Status.FailureCount);
    }

    [Fact]
    public void A_failure_of_unknown_kind_counts_and_one_of_an_undefined_kind_does_not()
    {
        _circuit.Fail(kind: null);
        Assert.Equal(1, _circuit.Status.FailureCount);

        // 32 more than ServerError: must not be taken for it.
        _circuit.Fail(kind: FailureKind.ServerError + 32);
        Assert.Equal(1, _circuit.Status.FailureCount);
    }

    [Fact]
    public void Successes_are_counted_since_the_last_failure_or_transition()
    {
        _circuit.Succeed(5);
        Assert.Equal(5, _circuit.Status.SuccessCount);

        _circuit.Fail();
        Assert.Equal(0, _circuit.Status.SuccessCount);

        _circuit.Succeed(2);
        Assert.Equal(2, _circuit.Status.SuccessCount);

        _circuit.Breaker.Isolate();
        Assert.Equal(0, _circuit.Status.SuccessCount);

        _circuit.Breaker.Reset();
        _circuit.Succeed();
        Assert.Equal(1, _circuit.Status.SuccessCount);
    }

    [Fact]
    public void The_status_tells_kind_and_wall_time_of_the_last_counted_failure_even_after_recovery()
    {
        _circuit.Fail(3, FailureKind.RateLimited);
        var failedAt = _circuit.Clock.Wall;
        _circuit.Clock.Advance(_circuit.RecoveryTimeout);
        _circuit.Succeed();

        var status = _circuit.Status;
        Assert.Equal((CircuitState.Closed, FailureKind.RateLimited, failedAt), (status.State, status.LastFailureKind, status.LastFailureTime));
    }

    [Fact]
    public void A_permit_that_was_never_given_does_nothing()
    {
        var permit = default(CircuitPermit);

        permit.Success();
        permit.Failure();
        permit.Neutral();

        Assert.Equal(default, permit.FirstContent());
        Assert.False(permit.IsProbe);
        Assert.Equal(0, permit.Era);
    }

    [Fact]
    public void Permits_are_equal_when_they_are_the_same_leave()
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen(2);
        var copy = probe;
        var other = circuit.Enter();

        Assert.True(probe == copy);
        Assert.True(probe.Equals((object)copy));
        Assert.Equal(probe.GetHashCode(), copy.GetHashCode());
        Assert.True(probe != other);
        Assert.False(probe.Equals("probe"));
        Assert.NotEqual(probe, probe.FirstContent());
        Assert.NotEqual(_circuit.Enter(), new CircuitUnderTest().Enter());
    }
}
