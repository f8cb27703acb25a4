namespace FlexiAI.Samples;

public sealed class OperationTests
{
    [Fact]
    public async Task The_production_setup_prints_its_warnings_and_statistics()
    {
        var lines = (await Running.RunAsync("production")).Where(line => !line.StartsWith('=')).ToArray();

        Assert.Equal(["Request 1: What is C#?", "✅ Success: openai"], lines[..2]);
        Assert.Matches(@"^   Tokens: [1-9]\d*$", lines[2]);
        Assert.Equal("Response: Hello from openai", lines[3]);
        Assert.Equal(3, lines.Count(line => line == "✅ Success: anthropic"));
        Assert.Equal(["⚠️  Warning: openai circuit is open"], lines.Where(line => line.Contains("Warning", StringComparison.Ordinal)));
        Assert.Equal(["SESSION STATISTICS", "Total Requests: 4", "Successful: 4", "Failed: 0", "Providers Used:"], lines[^7..^2]);
        Assert.Matches(@"^  openai: 4 requests, avg latency: \d+\.\d\ds$", lines[^2]);
        Assert.Matches(@"^  anthropic: 3 requests, avg latency: \d+\.\d\ds$", lines[^1]);
    }

    [Fact]
    public async Task The_background_service_warns_of_an_open_circuit() =>
        Assert.Equal(["Warning: Circuit OPEN for openai! Failures: 3"], await Running.RunAsync("monitor-health"));

    [Fact]
    public async Task Circuits_are_reset_and_isolated_by_hand() =>
        Assert.Equal(
            [
                "All circuits open! Resetting by hand.", "openai: Closed, anthropic: Closed",
                "openai: Isolated, anthropic: Closed", "Answered by anthropic",
            ],
            await Running.RunAsync("manual"));

    [Fact]
    public async Task A_handler_is_told_of_an_opened_circuit() =>
        Assert.Equal(["openai: Closed -> Open (Threshold, Authentication)"], await Running.RunAsync("events"));

    [Fact]
    public async Task One_circuit_alone_refuses_calls_once_it_is_open() =>
        Assert.Equal(["Request 1: Failure", "Request 2: Failure", "Request 3: Skipped", "Answered by anthropic"], await Running.RunAsync("one-client"));

    [Fact]
    public async Task The_health_check_is_healthy_then_degraded_then_unhealthy() =>
        Assert.Equal(
            [
                "Healthy: Every circuit is closed.", "Degraded: openai is open.",
                "Unhealthy: No provider admits a call: openai is open, anthropic is isolated.",
            ],
            await Running.RunAsync("health-check"));
}
