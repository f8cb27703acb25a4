namespace FlexiAI.Samples;

public sealed class FailoverTests
{
    [Fact]
    public async Task Three_failures_surface_and_open_the_circuit_then_the_backup_answers() =>
        Assert.Equal(
            [
                "Request 1: failed. Circuit: Closed, Failures: 1/3",
                "Request 2: failed. Circuit: Closed, Failures: 2/3",
                "Request 3: failed. Circuit: Open, Failures: 3/3",
                "Request 4: answered by anthropic",
            ],
            await Running.RunAsync("failure-tracking"));

    [Fact]
    public async Task The_status_prints_what_the_guide_prints() =>
        Assert.Equal(
            [
                "Provider: openai", "Circuit State: open", "Failures: 3/3", "Successes: 0",
                "Provider: anthropic", "Circuit State: closed", "Failures: 0/3", "Successes: 5",
            ],
            await Running.RunAsync("monitoring"));

    [Fact]
    public async Task Ten_requests_through_an_outage_print_the_timeline_of_the_guide()
    {
        var lines = await Running.RunAsync("failover");

        Assert.Equal(12, lines.Length);
        Assert.Equal(["Request 1: ❌ AllProvidersFailedException", "Request 2: ❌ AllProvidersFailedException", "Request 3: ❌ AllProvidersFailedException"], lines[..3]);
        Assert.Equal(Enumerable.Range(4, 7).Select(n => $"Request {n}: ✅ anthropic"), lines[3..10]);
        Assert.Matches(@"^Providers used: anthropic \(7 requests, \d+\.\d{3} s on average\)$", lines[10]);
        Assert.Equal("Last provider: anthropic", lines[11]);
    }

    [Fact]
    public async Task A_second_backup_answers_where_one_does_not_suffice() =>
        Assert.Equal(["2 providers: ❌ AllProvidersFailedException", "3 providers: ✅ vertexai"], await Running.RunAsync("backups"));

    [Fact]
    public async Task When_all_fail_the_exception_says_who_and_when_to_come_back() =>
        Assert.Equal(
            [
                "openai: Failure (Authentication)", "anthropic: Failure (QuotaExhausted)", "Please try again in 60 s.",
                "openai: Skipped (CircuitOpen)", "anthropic: Skipped (CircuitOpen)", "Please try again in 60 s.",
            ],
            await Running.RunAsync("all-fail"));

    [Fact]
    public async Task An_invalid_model_tests_the_failover_between_two_entries_of_one_type() =>
        Assert.Equal(
            [
                "Request 1: ✅ anthropic-2", "Request 2: ✅ anthropic-2", "Request 3: ✅ anthropic-2",
                "anthropic (invalid-model-xyz): open, Failures: 2/2, Successes: 0",
                "anthropic-2 (claude-3-5-haiku-20241022): closed, Failures: 0/2, Successes: 3",
            ],
            await Running.RunAsync("invalid-model"));

    [Fact]
    public async Task The_attempts_say_who_failed_and_who_answered()
    {
        var lines = await Running.RunAsync("attempts");

        Assert.Equal(2, lines.Length);
        Assert.Matches(@"^openai: Failure, Authentication, HTTP 401, \d+ ms$", lines[0]);
        Assert.Matches(@"^anthropic: Success, , HTTP , \d+ ms$", lines[1]);
    }

    [Fact]
    public async Task A_stream_fails_over_before_its_first_content_and_says_so_when_cut_later()
    {
        var lines = await Running.RunAsync("streaming");

        Assert.Equal("[anthropic] Hello from anthropic", lines[1]);
        Assert.StartsWith("[openai] Hello", lines[3], StringComparison.Ordinal);
        Assert.EndsWith("… cut off by openai (Network)", lines[^1], StringComparison.Ordinal);
    }
}
