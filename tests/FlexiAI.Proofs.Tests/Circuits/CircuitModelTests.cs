namespace FlexiAI.Tests.Circuits;

/// <summary>The breaker is what the model is, step by step, and what follows from it.</summary>
public class CircuitModelTests
{
    [Fact]
    public async Task S1_ErasStrictlyRise_AndOnlyTheArrowsOccur_EachAsTheModelSays()
    {
        var histories = new System.Collections.Concurrent.ConcurrentBag<CircuitHistory>();
        Histories.Check(script =>
        {
            CircuitHistory history = new(script);
            histories.Add(history);
            return history;
        });
        foreach (var history in histories)
        {
            // By hand twice: whatever is due has taken place then.
            history.Model.Isolate();
            history.Breaker.Isolate();
            history.Model.Reset();
            history.Breaker.Reset();
            var told = await history.Log.UpTo(history.Model.Era);

            Assert.Equal(history.Model.Transitions, told.Select(transition => (transition.From, transition.To, transition.Era, transition.Cause)));
            Assert.Equal(Enumerable.Range(2, told.Count).Select(era => (long)era), told.Select(transition => transition.Era));
        }
    }

    [Fact]
    public void S1_to_S9_TheBreakerIsAtEachStepWhatTheModelIs() => Histories.Check(
        script => new CircuitHistory(script, step =>
        {
            var (model, after) = (step.Model, step.After);
            Assert.Equal(
                (model.State, model.Era, model.Failures, model.Successes, model.LastFailure, model.RetryAfter, model.Throttled, model.Rejections, model.LateResults),
                (after.State, after.Era, after.FailureCount, after.SuccessCount, after.LastFailureKind, after.RetryAfter?.Ticks, after.Throttled, after.Rejections, after.LateResults));
        }),
        times: 1_000);

    [Fact]
    public void S10_ACallAfterTheReportedTime_IsAdmittedOrMeetsHalfOpen_AndNoCallATickSooner()
    {
        Histories.CheckSteps(() => step =>
        {
            if (step is { Operation: WaitAsTold { Ticks: 0 }, Refusal: { } refusal })
            {
                Assert.Equal(CircuitRefusalReason.ProbeInFlight, refusal.Reason);
            }

            if (step.Operation is WaitAsTold { Ticks: < 0 } && step.Before.RetryAfter is { } left)
            {
                Assert.True(left > TimeSpan.Zero && step.Given is null, "admitted before the reported time");
            }
        });
    }

    [Fact]
    public void S11_JumpsOfTheWallClock_ChangeNothing() => Histories.Check(script =>
    {
        List<object?> with = [], without = [];
        var history = new CircuitHistory(script, step => with.Add(Seen(step)));
        _ = new CircuitHistory(script, step => without.Add(Seen(step)), jumps: false);

        Assert.Equal(without, with);
        return history;
    });

    [Fact]
    public void L1_IfNothingEverSettlesAgain_SomeCallIsAdmittedInTheEnd() => Histories.Check(script =>
    {
        var history = new CircuitHistory(script);
        if (history.Status.State != CircuitState.Isolated)
        {
            var options = script.Options;
            history.Wait(TimeSpan.FromSeconds(20) + options.MaxRecoveryTimeout + options.MaxRetryAfter);

            Assert.True(history.Breaker.TryEnter(out _), $"{history.Status}");
        }

        return history;
    });

    [Fact]
    public void L2_IfProbesSucceed_TheCircuitClosesWithinHalfOpenMaxCallsOfThem() => Histories.Check(script =>
    {
        var history = new CircuitHistory(script);
        if (history.Status.State != CircuitState.Isolated)
        {
            history.Wait(TimeSpan.FromSeconds(20));
            for (var probes = 0; history.Status.State != CircuitState.Closed; probes++)
            {
                Assert.True(probes < script.Places, "The places are used up.");
                history.Wait(history.Status.RetryAfter!.Value);
                Assert.True(history.Breaker.TryEnter(out var probe), $"{history.Status}");
                probe.Success();
            }
        }

        return history;
    });

    private static object Seen(CircuitStep step) => (step.Operation, step.Given?.Era, step.Given?.IsProbe, step.Refusal, step.After with { LastFailureTime = null, Options = null! });
}
