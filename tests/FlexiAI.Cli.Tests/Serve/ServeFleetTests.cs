using FlexiAI.Cli;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>Two gateways that share their circuits, of which one is killed.</summary>
public sealed class ServeFleetTests : IDisposable
{
    private readonly FlexiProcess _one = new();
    private readonly FlexiProcess _other = new();
    private readonly FlexiProcess _later = new();

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
        _later.Dispose();
    }

    [Fact]
    public async Task The_other_goes_on_and_tests_the_recovery_that_the_dead_one_was_testing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals.");
        await using var redis = await DrillRedis.StartAsync(TestContext.Current.CancellationToken);
        await using var first = await ServeConfig.ProviderAsync("first");
        await using var second = await ServeConfig.ProviderAsync("second");
        var config = ServeConfig.For($$"""
            "CircuitBreaker": { "FailureThreshold": 2, "RecoveryTimeout": "00:00:01" },
            "Redis": { "ConnectionString": "{{redis.Endpoint}}", "LeaseTime": "00:00:03", "Timeout": "00:00:02" }
            """, first, second);
        await using var one = await ServeProcess.StartAsync(_one.WithFile(config));
        await using var other = await ServeProcess.StartAsync(_other.WithFile(config));

        first.Faults.Always(Fault.Overloaded());
        Assert.Equal("second", await one.AskAsync());
        Assert.Equal("second", await one.AskAsync());
        await Until.TrueAsync(async () => await other.StateOfAsync("first") is not "closed", "the circuit open for the other too");

        first.Faults.Always(Fault.Silence());
        var asked = first.Requests.Count;
        List<Task> asking = [];
        await Until.TrueAsync(
            async () =>
            {
                asking.Add(one.AskAsync());
                await Task.WhenAny([asking[^1], Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken)]);
                return first.Requests.Count > asked;
            },
            "a probe");
        await Until.TrueAsync(async () => await other.StateOfAsync("first") is "half-open", "the probe known to the other");

        one.Process.Signal("KILL");
        Assert.Equal("second", await other.AskAsync());
        Assert.Equal(137, (await one.Process.EndAsync()).ExitCode);
        first.Faults.Clear();
        await Until.TrueAsync(async () => await other.AskAsync() == "first", "a probe by the other");
        Assert.Equal("closed", await other.StateOfAsync("first"));
        await Task.WhenAll(asking).ContinueWith(_ => { }, TaskScheduler.Default);

        await using var later = await ServeProcess.StartAsync(_later.WithFile(config));
        first.Faults.Always(Fault.Overloaded());
        Assert.Equal("second", await other.AskAsync());
        Assert.Equal("second", await other.AskAsync());
        await Until.TrueAsync(async () => await later.StateOfAsync("first") is not "closed", "circuits shared with a third");
    }

    [Fact]
    public async Task A_redis_that_is_not_there_does_not_stop_it_from_serving()
    {
        await using var first = await ServeConfig.ProviderAsync("first");
        await using var serve = await ServeProcess.StartAsync(_one.WithFile(ServeConfig.For("""
            "Redis": "127.0.0.1:1"
            """, first)));

        Assert.Equal("first", await serve.AskAsync());
    }
}
