namespace FlexiAI.Tests.Circuits;

/// <summary>The breaker beside the model through thousands of random histories.</summary>
public class ModelTests
{
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(20);

    [Fact]
    public void S1_ErasRiseAndOnlyTheArrowsOccur_WhateverTheHistory()
    {
        var arrows = new HashSet<(CircuitState, CircuitState)>();
        for (var seed = 0; seed < 1_500; seed++)
        {
            var history = new History(seed);
            for (var step = 0; step < 120; step++)
            {
                history.Step();
            }

            history.AdmitsInTheEnd();
            arrows.UnionWith(history.Model.Arrows);
        }

        Assert.Equal(
            [
                (CircuitState.Closed, CircuitState.Open), (CircuitState.Closed, CircuitState.Isolated),
                (CircuitState.Open, CircuitState.Closed), (CircuitState.Open, CircuitState.HalfOpen), (CircuitState.Open, CircuitState.Isolated),
                (CircuitState.HalfOpen, CircuitState.Closed), (CircuitState.HalfOpen, CircuitState.Open), (CircuitState.HalfOpen, CircuitState.Isolated),
                (CircuitState.Isolated, CircuitState.Closed),
            ],
            arrows.Order());
    }

    private sealed class History
    {
        private readonly Random _random;
        private readonly SteppedClock _clock = new();
        private readonly CircuitBreaker _breaker;
        private readonly List<(CircuitPermit Permit, int Call, long Era, bool Probe)> _permits = [];
        private readonly string _name;
        private int _calls;
        private string _last = "";

        public History(int seed)
        {
            _random = new Random(seed);
            var options = new CircuitBreakerOptions
            {
                FailureThreshold = 1 + (seed % 3),
                HalfOpenMaxCalls = 1 + (seed / 3 % 3),
                RecoveryBackoffFactor = 1 + (seed % 2),
                RecoveryTimeout = TimeSpan.FromSeconds(60),
                MaxRecoveryTimeout = TimeSpan.FromSeconds(200),
            };
            Model = new CircuitModel(options);
            _breaker = new CircuitBreaker("model", options, _clock);
            _name = $"seed {seed}";
        }

        public CircuitModel Model { get; }

        public void Step()
        {
            switch (_random.Next(100))
            {
                case < 35:
                    Enter(_random.Next(4) == 0 ? Probe / 2 : Probe);
                    break;
                case < 70 when _permits.Count > 0:
                    Settle();
                    break;
                case < 80:
                    Advance(TimeSpan.FromSeconds(_random.Next(1, 30)));
                    break;
                case < 94:
                    WaitAsTold(_random.Next(3) - 1);
                    break;
                case < 96:
                    var hint = TimeSpan.FromSeconds(_random.Next(-1, 100));
                    _last = $"throttle {hint}";
                    _breaker.Throttle(hint);
                    Model.Throttle(hint.Ticks);
                    break;
                case < 98:
                    _last = "isolate";
                    _breaker.Isolate();
                    Model.Isolate();
                    break;
                default:
                    _last = "reset";
                    _breaker.Reset();
                    Model.Reset();
                    break;
            }

            Compare();
        }

        /// <summary>L1: if nothing settles any more, some call is admitted after the deadline and the probes' expiry.</summary>
        public void AdmitsInTheEnd()
        {
            if (Model.State == CircuitState.Isolated)
            {
                return;
            }

            Advance(Probe + TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(200));
            Assert.True(_breaker.TryEnter(out _), _name);
        }

        private void Enter(TimeSpan probeTime)
        {
            _last = "enter";
            var era = Model.State == CircuitState.Open ? Model.Era + 1 : Model.Era;
            var expected = Model.Enter(++_calls, probeTime.Ticks);
            var admitted = _breaker.TryEnter(probeTime, out var permit, out _);
            Assert.Equal((expected is not null, expected == true), (admitted, permit.IsProbe));
            if (admitted)
            {
                Assert.Equal(era, permit.Era);
                _permits.Add((permit, _calls, era, permit.IsProbe));
            }
        }

        // Mostly a recent call, sometimes any old one; a permit stays in the list, so that it may be settled again. Those of a closed era
        // are the exception: whoever takes one settles it once.
        private void Settle()
        {
            var i = _random.Next(3) == 0 ? _random.Next(_permits.Count) : _permits.Count - 1;
            var (permit, call, era, probe) = _permits[i];
            if (!probe)
            {
                _permits.RemoveAt(i);
            }

            bool? success = _random.Next(5) switch { < 2 => true, < 4 => false, _ => null };
            var goesOn = success == true && probe && _random.Next(2) == 0;
            var retryAfter = _random.Next(4) == 0 ? TimeSpan.FromSeconds(_random.Next(1, 900)) : TimeSpan.Zero;
            _last = $"settle call {call} of era {era}: {success}, goes on {goesOn}, retry after {retryAfter}";
            var stream = Model.Settle(call, era, probe, success, goesOn, retryAfter.Ticks);
            switch (success)
            {
                case true when goesOn:
                    var rest = permit.FirstContent();
                    if (stream)
                    {
                        _permits[i] = (rest, call, Model.Era, true);
                    }

                    break;
                case true:
                    permit.Success();
                    break;
                case false:
                    permit.Failure(FailureKind.ServerError, retryAfter);
                    break;
                default:
                    permit.Neutral();
                    break;
            }
        }

        private void Advance(TimeSpan time)
        {
            _last = $"advance {time}";
            Model.Advance(time.Ticks);
            _clock.Advance(time);
        }

        // S3, S10 and S11: a tick before the reported time, at it and a tick after, with a jump of the wall clock.
        private void WaitAsTold(int ticks)
        {
            _clock.Wall += TimeSpan.FromHours(_random.Next(-3, 4));
            if (_breaker.GetStatus().RetryAfter is { } wait && wait.Ticks + ticks >= 0)
            {
                Advance(wait + TimeSpan.FromTicks(ticks));
                Compare();
                var admitted = _breaker.TryEnter(Probe, out var permit, out var refusal);
                Assert.Equal(Model.Enter(++_calls, Probe.Ticks) is not null, admitted);
                Assert.True(ticks < 0 || admitted || refusal.Reason == CircuitRefusalReason.ProbeInFlight, $"{_name}: {refusal} after waiting {wait}");
                if (admitted)
                {
                    _permits.Add((permit, _calls, Model.Era, permit.IsProbe));
                }
            }
        }

        private void Compare()
        {
            var status = _breaker.GetStatus();
            var expected = (Model.State, Model.Era, Model.Failures, Model.Successes);
            var actual = (status.State, status.Era, status.FailureCount, status.SuccessCount);
            Assert.True(expected == actual, $"{_name}, after {_last}: expected {expected}, got {actual}");
        }
    }
}
