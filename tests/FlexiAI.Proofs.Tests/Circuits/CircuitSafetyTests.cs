namespace FlexiAI.Tests.Circuits;

/// <summary>The invariants of safety, in random histories.</summary>
public class CircuitSafetyTests
{
    [Fact]
    public void S2_TheNthConsecutiveCountedFailure_OpensTheCircuit_AndNoEarlierOne() => Histories.CheckSteps(() =>
    {
        var failures = 0;
        return step =>
        {
            if (step.Before.State != CircuitState.Closed || step.Operation is Reset)
            {
                failures = 0;
            }
            else if (step is { Awaited: true, Call: { } call })
            {
                failures += step.Counts ? 1 : 0;
                failures = step.Verdict == Verdict.Success && !call.IsProbe ? 0 : failures;
                var opens = step.Counts && failures == step.Before.Options.FailureThreshold;
                Assert.Equal((opens ? CircuitState.Open : CircuitState.Closed, failures), (step.After.State, step.After.FailureCount));
            }
            else if (step.Operation is not Isolate)
            {
                Assert.Equal(CircuitState.Closed, step.After.State);
            }
        };
    });

    [Fact]
    public void S3_Open_AdmitsNothingBeforeItsDeadline() => Histories.CheckSteps(() =>
    {
        long deadline = 0, last = 0;
        return step =>
        {
            if (step.Given is not null)
            {
                Assert.True(step.Before.State != CircuitState.Open || step.Now >= deadline, $"admitted at {step.Now}, before {deadline}");
            }

            // Where lost probes open it, the break began at some time since the step before.
            if (step.After.State == CircuitState.Open && step.After.Era != step.Before.Era)
            {
                deadline = (step.Settled is null ? last : step.Now) + step.After.Options.RecoveryTimeout.Ticks;
            }

            last = step.Now;
        };
    });

    [Fact]
    public void S4_UnsettledProbesAndSuccesses_NeverExceedHalfOpenMaxCalls() => Histories.CheckSteps(() =>
    {
        var places = new List<(CircuitPermit Permit, long ExpiresAt)>();
        return step =>
        {
            if (step.Given is { IsProbe: true } given)
            {
                places.Add((given, step.ExpiresAt));
            }

            if (step is { Settled: { } settled, Call: { IsProbe: true, IsStream: false } })
            {
                // A success in time keeps its place for the rest of the era.
                var keeps = step.Awaited && step.Verdict is Verdict.Success or Verdict.FirstContent;
                places = [.. places.Select(place => place.Permit != settled ? place : (settled, keeps && step.Awaited ? long.MaxValue : place.ExpiresAt == long.MaxValue ? long.MaxValue : 0))];
            }

            var taken = places.Count(place => place.Permit.Era == step.After.Era && place.ExpiresAt > step.Now);
            Assert.True(step.After.State != CircuitState.HalfOpen || taken <= step.After.Options.HalfOpenMaxCalls, $"{taken} places are taken.");
        };
    });

    [Fact]
    public void S5_HalfOpen_ClosesOnlyByProbesOfItsOwnEra_AndOneFailedProbeReOpens() => Histories.CheckSteps(() =>
    {
        var succeeded = new HashSet<Pass>();
        return step =>
        {
            if (step.Before.State != CircuitState.HalfOpen)
            {
                return;
            }

            var ofThisEra = step is { Call.IsProbe: true, Settled: { } permit } && permit.Era == step.Before.Era;
            if (ofThisEra && step is { Awaited: true, Verdict: Verdict.Success or Verdict.FirstContent, Call.IsStream: false })
            {
                succeeded.Add(step.Call!);
            }

            if (step.After.State == CircuitState.Closed && step.Operation is not Reset)
            {
                Assert.True(ofThisEra && step.Awaited);
                Assert.Equal(step.After.Options.HalfOpenMaxCalls, succeeded.Count(probe => probe.Era == step.Before.Era));
            }

            if (step is { Awaited: true, Counts: true })
            {
                Assert.Equal(CircuitState.Open, step.After.State);
            }
        };
    });

    [Fact]
    public void S6_ASettlementOfAnOlderEra_LateOrForTheSecondTime_ChangesNothing() => Histories.CheckSteps(() => step =>
    {
        if (step is { Call: { } call, Awaited: false })
        {
            var counted = step.Verdict == Verdict.FirstContent && (!call.IsProbe || call.IsStream) ? 0 : 1;
            Assert.Equal(step.Before with { LateResults = step.Before.LateResults + counted }, step.After);
        }
    });

    [Fact]
    public void S7_Neutral_ChangesNoCount() => Histories.CheckSteps(() => step =>
    {
        if (step.Settled is not null && (step.Verdict == Verdict.Neutral || (step.Verdict == Verdict.Failure && !step.Counts)))
        {
            Assert.Equal(step.Before with { LateResults = 0, RetryAfter = null }, step.After with { LateResults = 0, RetryAfter = null });
        }
    });

    [Fact]
    public void S8_Isolated_IsLeftOnlyByHand() => Histories.CheckSteps(() => step =>
    {
        if (step.Before.State == CircuitState.Isolated && step.Operation is not Reset)
        {
            Assert.Equal((CircuitState.Isolated, step.Before.Era, null), (step.After.State, step.After.Era, step.After.RetryAfter));
            Assert.Null(step.Given);
        }
    });

    [Fact]
    public void S9_TheDeadline_NeverFallsWithinAnEra_AndOnlyANamedTimeRaisesIt() => Histories.CheckSteps(() =>
    {
        (long Era, long Deadline)? last = null;
        return step =>
        {
            if (step.After is not { State: CircuitState.Open, RetryAfter: { Ticks: > 0 } wait })
            {
                last = null;
                return;
            }

            var deadline = step.Now + wait.Ticks;
            if (last is var (era, before) && era == step.After.Era)
            {
                Assert.True(deadline >= before, $"The deadline fell from {before} to {deadline}.");
                Assert.True(deadline == before || step.Operation is Throttle, $"{step.Operation} raised the deadline.");
                Assert.True(deadline == before || wait <= step.After.Options.MaxRetryAfter);
            }

            last = (step.After.Era, deadline);
        };
    });

    [Fact]
    public void S12_ARejection_TouchesOnlyItsMetric() => Histories.CheckSteps(() => step =>
    {
        if (step.Refusal is { } refusal)
        {
            Assert.Equal(step.Before with { Rejections = step.Before.Rejections + 1 }, step.After);
            Assert.Equal(step.Before.RetryAfter, refusal.RetryAfter);
        }
    });
}
