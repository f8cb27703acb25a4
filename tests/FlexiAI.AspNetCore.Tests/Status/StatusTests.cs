using FlexiAI.Testing;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

public sealed class StatusTests
{
    [Fact]
    public async Task Status_tells_each_provider_and_its_circuit()
    {
        await using var host = await StatusHost.StartAsync();
        host.Providers[0].Faults.Always(Fault.Overloaded());
        await host.AskAsync();
        await host.AskAsync();

        var status = await host.GetAsync("status");
        var (first, second) = (status["providers"]![0]!, status["providers"]![1]!);

        Assert.Equal(("first", "openai", "model-1", 1), ((string)first["name"]!, (string)first["type"]!, (string)first["model"]!, (int)first["priority"]!));
        Assert.Equal(("open", 2, 2, "server-error"), ((string)first["circuit"]!["state"]!, (int)first["circuit"]!["failures"]!, (int)first["circuit"]!["threshold"]!, (string)first["circuit"]!["lastFailureKind"]!));
        Assert.InRange((double)first["circuit"]!["retryAfterSeconds"]!, 0.1, 120);
        Assert.True((DateTimeOffset)first["circuit"]!["retryAt"]! > (DateTimeOffset)status["now"]!);
        Assert.False((bool)first["healthy"]!);
        Assert.Equal(("closed", true), ((string)second["circuit"]!["state"]!, (bool)second["healthy"]!));
        Assert.Null(second["circuit"]!["retryAt"]);
        Assert.True((bool)status["ready"]!);
        Assert.False((bool)status["simulated"]!);
        Assert.Null(first["failing"]);
    }

    [Fact]
    public async Task Uptime_is_counted_on_the_gateways_clock()
    {
        var time = new FakeTimeProvider();
        await using var host = await StatusHost.StartAsync(new() { Time = time });
        time.Advance(TimeSpan.FromSeconds(75));

        var status = await host.GetAsync("status");

        Assert.Equal(75, (double)status["uptimeSeconds"]!);
        Assert.Equal(time.GetUtcNow() - TimeSpan.FromSeconds(75), (DateTimeOffset)status["startedAt"]!);
        Assert.DoesNotContain('+', (string)status["version"]!);
    }

    [Fact]
    public async Task A_gateway_whose_circuits_are_all_isolated_is_not_ready()
    {
        await using var host = await StatusHost.StartAsync();
        host.Client.IsolateProvider("first");
        host.Client.IsolateProvider("second");

        Assert.False((bool)(await host.GetAsync("status"))["ready"]!);
    }

    [Fact]
    public async Task Stats_tell_the_sums_and_failures_by_kind()
    {
        await using var host = await StatusHost.StartAsync();
        host.Providers[0].Faults.Next(Fault.RateLimited());
        await host.AskAsync();
        await host.AskAsync();

        var stats = await host.GetAsync("stats");
        var (first, second) = (stats["providers"]![0]!, stats["providers"]![1]!);

        Assert.Equal((2, 2, 0, 0), ((int)stats["requests"]!, (int)stats["succeeded"]!, (int)stats["failed"]!, (int)stats["cancelled"]!));
        Assert.Equal("first", (string)stats["lastUsed"]!);
        Assert.Equal((2, 1, 1), ((int)first["requests"]!, (int)first["succeeded"]!, (int)first["failures"]!["rate-limited"]!));
        Assert.Equal((1, 1), ((int)second["requests"]!, (int)second["succeeded"]!));
        Assert.True((int)second["inputTokens"]! > 0 && (int)second["outputTokens"]! > 0 && (double)second["averageLatencyMs"]! > 0);
        Assert.Equal(0, (int)second["usageUnknown"]!);
    }

    [Fact]
    public async Task A_provider_that_never_answered_has_no_latency_rather_than_none()
    {
        await using var host = await StatusHost.StartAsync();

        Assert.Null((await host.GetAsync("stats"))["providers"]![0]!["averageLatencyMs"]);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("stats")]
    public async Task What_is_told_is_never_stored_and_holds_no_secret(string path)
    {
        await using var host = await StatusHost.StartAsync();
        host.Providers[0].Faults.Always(Fault.InvalidApiKey());
        await host.AskAsync();

        using var response = await host.Http.GetAsync(path, StatusHost.Stop);

        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain("sk-secret", await response.Content.ReadAsStringAsync(StatusHost.Stop), StringComparison.Ordinal);
    }
}
