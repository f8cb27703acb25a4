using System.Collections.Concurrent;
using CsCheck;

namespace FlexiAI.Tests.Circuits;

/// <summary>Handlers, and what a breaker leaves behind, in random histories.</summary>
public class CircuitEventTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void U1_HandlersThatThrowBlockOrLookBack_ChangeNothingForAnyCaller()
    {
        var delayed = 0;
        Histories.Check(script =>
        {
            using var release = new ManualResetEventSlim();
            List<object?> with = [], without = [];
            var history = new CircuitHistory(script, step => with.Add(Seen(step)), prepare: breaker =>
            {
                breaker.Changed += (_, _) => throw new InvalidOperationException("handler");
                breaker.Changed += (_, _) => breaker.GetStatus();

                // Released when the history is over. One caller that had to wait for a handler is enough: the others need not.
                breaker.Changed += (_, _) => delayed += delayed > 0 || release.Wait(TimeSpan.FromSeconds(20)) ? 0 : 1;
            });
            release.Set();
            _ = new CircuitHistory(script, step => without.Add(Seen(step)));

            Assert.Equal(0, delayed);
            Assert.Equal(without, with);
            return history;
        });
    }

    [Fact]
    public async Task U1_HandlersThatCallBack_WedgeNothing()
    {
        await CircuitScript.Any.SampleAsync(
            async script =>
            {
                var clock = new SteppedClock();
                var breaker = new CircuitBreaker("re-entered", script.Options, clock);
                var budget = 50;
                breaker.Changed += (_, transition) =>
                {
                    if (budget-- > 0)
                    {
                        Reenter(breaker, transition);
                    }
                };
                var log = new TransitionLog(breaker);
                for (var i = 0; i < 10; i++)
                {
                    Reenter(breaker, null);
                    clock.Advance(TimeSpan.FromSeconds(i * 10));
                }

                breaker.Isolate();
                breaker.Reset();
                var told = await log.UpTo(breaker.GetStatus().Era);
                Assert.Equal(Enumerable.Range(2, told.Count).Select(era => (long)era), told.Select(transition => transition.Era));
                while (breaker.GetStatus().State == CircuitState.Isolated)
                {
                    breaker.Reset();
                }

                clock.Advance(TimeSpan.FromMinutes(20));
                Assert.True(breaker.TryEnter(out _));
            },
            iter: 50,
            threads: 2,
            print: script => script.ToString());
    }

    [Fact]
    public async Task U2_HandlersSeeTransitionsInEraOrderOnceEach_AndAStateAtLeastAsNew()
    {
        var told = new ConcurrentBag<(CircuitHistory History, ConcurrentQueue<(long Told, long Read)> Eras)>();
        Histories.Check(script =>
        {
            var eras = new ConcurrentQueue<(long Told, long Read)>();
            var history = new CircuitHistory(script, prepare: breaker =>
                breaker.Changed += (_, transition) => eras.Enqueue((transition.Era, breaker.GetStatus().Era)));
            told.Add((history, eras));
            return history;
        });
        foreach (var (history, eras) in told)
        {
            history.Breaker.Isolate();
            history.Breaker.Reset();
            var era = history.Status.Era;
            Assert.Equal(era - 1, (await history.Log.UpTo(era)).Count);

            // This handler is told after the log.
            SpinWait.SpinUntil(() => eras.Count == era - 1, Patience);
            Assert.Equal(Enumerable.Range(2, (int)era - 1), eras.Select(seen => (int)seen.Told));
            Assert.All(eras, seen => Assert.True(seen.Read >= seen.Told));
        }
    }

    [Fact]
    public void U2_TransitionsHandedInInAnyOrder_ArePublishedInEraOrder() =>
        Gen.Shuffle(new long[] { 2, 3, 4, 5, 6, 7 }).Sample(
            eras =>
            {
                var published = new ConcurrentQueue<long>();
                var queue = new CircuitTransitionQueue(transition => published.Enqueue(transition.Era));
                foreach (var era in eras)
                {
                    queue.Publish(new("c", CircuitState.Closed, CircuitState.Open, era, CircuitTransitionCause.Manual, null, null));
                }

                Assert.True(SpinWait.SpinUntil(() => published.Count == eras.Length, Patience));
                Assert.Equal([2, 3, 4, 5, 6, 7], published);
            },
            iter: 1_000);

    [Fact]
    public void L3_AnAbandonedBreaker_RootsNothing_WhateverItsHistory()
    {
        var abandoned = new ConcurrentBag<WeakReference>();
        CircuitScript.Any.Sample(script => abandoned.Add(Live(script)), iter: 50, threads: 1);

        // Its last events may be on their way.
        SpinWait.SpinUntil(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return !abandoned.Any(breaker => breaker.IsAlive);
            },
            Patience);

        Assert.DoesNotContain(abandoned, breaker => breaker.IsAlive);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference Live(CircuitScript script) => new(new CircuitHistory(script).Breaker);

    private static object Seen(CircuitStep step) => (step.Operation, step.Given?.Era, step.Given?.IsProbe, step.Refusal, step.After with { LastFailureTime = null, Options = null! });

    private static void Reenter(CircuitBreaker breaker, CircuitTransition? transition)
    {
        if (breaker.TryEnter(out var permit))
        {
            permit.Failure(FailureKind.Network);
            permit.FirstContent().Success();
        }

        if (transition?.Era % 3 == 0)
        {
            breaker.Reset();
        }
        else if (transition?.Era % 7 == 0)
        {
            breaker.Isolate();
        }
    }
}
