using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace FlexiAI.Tests;

/// <summary>Trap 24: whoever listens changes no outcome.</summary>
public sealed class ListenerTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");

    [Theory]
    [InlineData("published", false)]
    [InlineData("measured", false)]
    [InlineData("published", true)]
    [InlineData("measured", true)]
    public async Task Trap24_A_meter_listener_that_throws_changes_no_outcome(string where, bool streamed)
    {
        var meters = new TestMeters();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == meters)
                {
                    self.EnableMeasurementEvents(instrument);
                    Throw(where == "published");
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => Throw(where == "measured"));
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Throw(where == "measured"));
        listener.Start();
        using var lab = new Lab(_a.Failing(FailureKind.ServerError), _b) { Meters = meters };

        Assert.Equal("b", (await lab.AskAsync(streamed)).Provider);
        Assert.Equal((1, 1), (lab.Circuit("a").FailureCount, lab.Client.GetRequestStats().SuccessfulRequests));
        await lab.OpenAsync(_a);
    }

    [Theory]
    [InlineData("enabled")]
    [InlineData("log")]
    public async Task Trap24_A_logger_that_throws_changes_no_outcome(string where)
    {
        using var lab = new Lab(_a.Failing(FailureKind.ServerError), _b)
        {
            Logs = new OneLogger(new Logger(() => Throw(where == "enabled"), _ => Throw(where == "log"))),
        };

        Assert.Equal("b", (await lab.AskAsync()).Provider);
        _b.Failing(FailureKind.ServerError);
        await lab.FailAsync();
    }

    [Fact]
    public async Task Trap24_A_handler_or_logger_that_blocks_on_a_transition_delays_no_caller()
    {
        using var release = new ManualResetEventSlim();
        using var lab = new Lab(_a, _b)
        {
            Logs = new OneLogger(new Logger(() => { }, id => Wait(id.Id == 3))),
        };
        lab.Client.CircuitChanged += (_, _) => Wait(now: true);

        await lab.OpenAsync(_a);
        Assert.Equal("b", (await lab.AskAsync()).Provider);
        lab.Client.ResetCircuitBreakers();
        _a.Healthy();
        Assert.Equal("a", (await lab.AskAsync()).Provider);

        release.Set();

        void Wait(bool now)
        {
            if (now)
            {
                release.Wait(TimeSpan.FromSeconds(60), Lab.Stop);
            }
        }
    }

    [Fact]
    public void A_logger_of_ours_has_no_scopes() => Assert.Null(new SafeLogger(new Logger(() => { }, _ => { })).BeginScope("x"));

    private static void Throw(bool now)
    {
        if (now)
        {
            throw new InvalidOperationException("A listener's bug.");
        }
    }

    private sealed class Logger(Action enabled, Action<EventId> log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel)
        {
            enabled();
            return true;
        }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => log(eventId);
    }
}
