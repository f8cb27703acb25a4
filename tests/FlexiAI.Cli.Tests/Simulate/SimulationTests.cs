using FlexiAI.Cli;

namespace FlexiAI.Tests;

public sealed class SimulationTests
{
    private const string Outage = """{ "kind": "error", "from": "00:01:00", "to": "00:03:00" }""";
    private const string Random = """{ "rate": 20, "kind": "poisson" }""";

    [Fact]
    public async Task WithNothingWrong_ThePrimaryAnswersAllAndNothingIsAdded()
    {
        var report = (await Played.Async("")).Report();
        Assert.Equal((599, 599, 1.0), (report.Whole.Requests, report.Whole.Answered, report.Whole.Availability));
        Assert.Equal((0, null), (report.During.Requests, report.During.Availability));
        Assert.Equal([599, 0], report.Providers.Select(entry => entry.Answered));
        Assert.Equal([599L * 15, 0], report.Providers.Select(entry => entry.Tokens));
        Assert.Empty(report.Episodes);
    }

    [Fact]
    public async Task AnOutage_OpensTheCircuitAfterTheThresholdAndIsProbedOnceEachRecoveryTime()
    {
        var report = (await Played.Async(Outage)).Report();
        Assert.Equal(report.Whole.Requests, report.Whole.Answered);

        // Three failures open it at 1:02.1, of the probes those at 1:33, 2:04 and 2:35 fail, each at the first request 30 s after the last failure.
        Assert.Equal((6, 6, 4), (report.Providers[0].AttemptsWhileDisturbed, report.Providers[0].FailedWhileDisturbed, report.Providers[0].CircuitOpenings));
        // The probe at 3:06 succeeds. The next request comes while it is still out; from then on the primary serves.
        Assert.Equal((1.0, 0.1), (report.Latency.UndisturbedP99, report.Latency.AddedP99));
        Assert.Equal(new EpisodeReport("openai", 60, 180, 1.1, 1.1, 7, 9), Assert.Single(report.Episodes));
    }

    [Fact]
    public async Task WhenOpen_FailuresSurfaceUntilTheCircuitIsOpen()
    {
        var report = (await Played.Async(Outage, options => options.FailoverMode = FailoverMode.WhenOpen)).Report();
        Assert.Equal((3, 3), (report.Whole.Failed, report.During.Failed));
        Assert.Equal("when-open", report.FailoverMode);
        Assert.Equal(4, Assert.Single(report.Episodes).FailoverSteady);
    }

    [Fact]
    public async Task Silence_IsEndedByTheTimeLimitAndPaidByNobody()
    {
        var report = (await Played.Async(Outage.Replace("error", "hang", StringComparison.Ordinal), Timeout(5))).Report();
        Assert.Equal(report.Whole.Requests, report.Whole.Answered);
        Assert.Equal((6, 0L), (report.Latency.P99, report.Providers[0].TokensThrownAway));
        Assert.Equal(6, report.Episodes[0].FailoverFirst);
    }

    [Fact]
    public async Task AnAnswerThatComesTooLate_IsPaidTwice()
    {
        var late = """{ "kind": "delay", "by": "00:00:20", "from": "00:01:00", "to": "00:03:00" }""";
        var report = (await Played.Async(late, Timeout(5))).Report();
        Assert.True(report.Providers[0].FailedWhileDisturbed > 0);
        Assert.Equal(15L * report.Providers[0].FailedWhileDisturbed, report.Providers[0].TokensThrownAway);
        Assert.Equal(15L * (report.Whole.Requests + report.Providers[0].FailedWhileDisturbed), report.Providers.Sum(entry => entry.Tokens));
    }

    [Fact]
    public async Task AnAnswerThatIsCutOff_IsPaidTwice()
    {
        var report = (await Played.Async(Outage.Replace("error", "truncate", StringComparison.Ordinal))).Report();
        Assert.Equal(15L * report.Providers[0].FailedWhileDisturbed, report.Providers[0].TokensThrownAway);

        // One more than of errors: the fourth request comes before the third has failed, a second after it was made.
        Assert.Equal((report.Whole.Requests, 7), (report.Whole.Answered, report.Providers[0].FailedWhileDisturbed));
    }

    [Fact]
    public async Task ARetryAfter_IsObeyed()
    {
        var report = (await Played.Async("""{ "kind": "rate-limit", "retryAfter": "00:00:50", "from": "00:01:00", "to": "00:03:00" }""")).Report();

        // At 1:00, 1:51 and 2:42; then the third failure in a row opens the circuit.
        Assert.Equal((3, 1), (report.Providers[0].FailedWhileDisturbed, report.Providers[0].CircuitOpenings));
    }

    [Fact]
    public async Task ARateLimit_LetsThroughWhatItAllows()
    {
        var limit = """{ "kind": "rate-limit", "allowed": 0.5, "from": "00:01:00", "to": "00:03:00" }""";
        var entry = (await Played.Async(limit, options => options.CircuitBreaker.FailureThreshold = 1_000)).Report().Providers[0];
        Assert.Equal((120, 60), (entry.AttemptsWhileDisturbed, entry.FailedWhileDisturbed));
    }

    [Fact]
    public async Task AShareThatChanges_HitsFewerAndFewer()
    {
        var fading = """{ "kind": "error", "from": "00:00:00", "to": "00:10:00", "share": 1, "endShare": 0 }""";
        var simulation = await Played.Async(fading, options => options.CircuitBreaker.FailureThreshold = 1_000_000, arrivals: Random);
        var halves = simulation.Log.Attempts.Where(attempt => attempt.Entry == 0 && attempt.Ending == AttemptEnding.Failed)
            .GroupBy(attempt => attempt.Begin < TimeSpan.FromMinutes(5)).ToDictionary(half => half.Key, half => half.Count() / 6_000.0);
        Assert.InRange(halves[true], 0.7, 0.8);
        Assert.InRange(halves[false], 0.2, 0.3);
    }

    [Fact]
    public async Task TheSameSeed_GivesTheSameReportAndPicture()
    {
        var mixed = """
            { "kind": "error", "from": "00:01:00", "to": "00:09:00", "share": 0.5 }, { "kind": "hang", "from": "00:01:00", "to": "00:09:00", "share": 0.2 },
            { "kind": "delay", "by": "00:00:09", "from": "00:01:00", "to": "00:09:00", "share": 0.3 }
            """;
        var runs = new[] { await Played.Async(mixed, Jittery, arrivals: Random), await Played.Async(mixed, Jittery, arrivals: Random) };
        Assert.Equal(runs[0].Json(), runs[1].Json());
        Assert.Equal(TimelineSvg.Draw(runs[0]), TimelineSvg.Draw(runs[1]));
        Assert.Equal(runs[0].Log.Attempts, runs[1].Log.Attempts);

        var other = await Simulation.RunAsync(runs[0].Incident with { Seed = 2 }, runs[0].Cast, TestContext.Current.CancellationToken);
        Assert.NotEqual(runs[0].Log.Attempts, other.Log.Attempts);

        static void Jittery(FlexiOptions options)
        {
            Timeout(8)(options);
            options.CircuitBreaker.RecoveryJitter = 0.5;
            options.RequestTimeout = TimeSpan.FromSeconds(12);
            options.Providers[0].MaxRetries = 2;
        }
    }

    [Fact]
    public async Task AnotherConfiguration_MeetsTheSameRequestsAndTheSameLuck()
    {
        var patient = await Played.Async(Outage, arrivals: Random);
        var hasty = await Played.Async(Outage, options => options.CircuitBreaker.FailureThreshold = 1, arrivals: Random);
        Assert.Equal(patient.Log.Requests.Select(request => request.Arrival), hasty.Log.Requests.Select(request => request.Arrival));
        Assert.Equal(patient.Undisturbed.Requests, hasty.Undisturbed.Requests);
    }

    [Fact]
    public async Task ACancelledSimulation_Ends()
    {
        var played = await Played.Async("");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Simulation.RunAsync(played.Incident, played.Cast, new CancellationToken(canceled: true)));
    }

    private static Action<FlexiOptions> Timeout(double seconds) => options =>
    {
        foreach (var entry in options.Providers)
        {
            entry.Timeout = TimeSpan.FromSeconds(seconds);
        }
    };
}
