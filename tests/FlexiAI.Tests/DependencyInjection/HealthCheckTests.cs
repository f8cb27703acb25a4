using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FlexiAI.Tests;

public sealed class HealthCheckTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");

    [Fact]
    public async Task Healthy_while_every_circuit_is_closed()
    {
        using var lab = new Lab(_a, _b);

        var result = await CheckAsync(lab);

        Assert.Equal((HealthStatus.Healthy, "Every circuit is closed."), (result.Status, result.Description));
        Assert.Equal(new Dictionary<string, object> { ["a"] = "Closed", ["b"] = "Closed" }, result.Data);
        Assert.Equal((0, 0), (_a.Calls, _b.Calls));
    }

    [Fact]
    public async Task Degraded_while_some_are_not()
    {
        using var lab = new Lab(_a.Failing(FailureKind.RateLimited, TimeSpan.FromMinutes(2)), _b);
        await lab.AskAsync();
        Assert.Equal("a is throttled.", (await CheckAsync(lab)).Description);

        lab.Client.ResetCircuitBreakers();
        await lab.OpenAsync(_a);
        Assert.Equal((HealthStatus.Degraded, "a is open."), ((await CheckAsync(lab)).Status, (await CheckAsync(lab)).Description));

        lab.Time.Advance(TimeSpan.FromSeconds(60));
        _a.Deaf();
        _ = lab.AskAsync();
        Assert.Equal((HealthStatus.Degraded, "a is half-open."), ((await CheckAsync(lab)).Status, (await CheckAsync(lab)).Description));
    }

    [Fact]
    public async Task Unhealthy_when_no_provider_admits_a_call_and_better_when_a_recovery_time_is_over()
    {
        using var lab = new Lab(_a, _b);
        lab.Client.IsolateProvider("b");
        await lab.OpenAsync(_a);

        var result = await CheckAsync(lab);
        Assert.Equal((HealthStatus.Unhealthy, "No provider admits a call: a is open, b is isolated."), (result.Status, result.Description));

        lab.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(lab)).Status);
    }

    private static Task<HealthCheckResult> CheckAsync(Lab lab) => new FlexiHealthCheck(lab.Client).CheckHealthAsync(new HealthCheckContext(), Lab.Stop);
}
