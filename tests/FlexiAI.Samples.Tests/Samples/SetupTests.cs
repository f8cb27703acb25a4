namespace FlexiAI.Samples;

public sealed class SetupTests
{
    [Fact]
    public async Task The_quick_reference_is_answered_by_the_primary() =>
        Assert.Equal(["openai: Hello from openai"], await Running.RunAsync("quick-reference"));

    [Fact]
    public async Task The_setup_starts_closed_and_uses_the_primary() =>
        Assert.Equal(["openai", "Circuit state: Closed", "Failure count: 0/3"], await Running.RunAsync("setup"));

    [Fact]
    public async Task The_presets_have_the_numbers_of_the_three_scenarios() =>
        Assert.Equal(
            [
                "2 failures, 10 s, 1 probe; the preset: 2 failures, 10 s, 1 probe",
                "3 failures, 30 s, 1 probe; the preset: 3 failures, 30 s, 1 probe",
                "10 failures, 300 s, 1 probe; the preset: 10 failures, 300 s, 1 probe",
            ],
            await Running.RunAsync("presets"));

    [Fact]
    public async Task Thresholds_and_recovery_times_follow_the_environment() =>
        Assert.Equal(
            ["Development: 2 failures, 10 s", "Production: 3 failures, 60 s", "HighLoad: 5 failures, 120 s"],
            await Running.RunAsync("timeouts"));

    [Fact]
    public async Task A_configuration_file_makes_a_client() =>
        Assert.Equal(
            ["1. openai (openai): gpt-4o-mini", "2. claude (anthropic): claude-3-5-haiku-20241022", "3. vertexai (vertexai): gemini-2.0-flash", "Answered by openai"],
            await Running.RunAsync("configuration"));

    [Fact]
    public async Task The_container_gives_every_service_the_same_client() =>
        Assert.Equal(
            ["Hello from anthropic", "Hello from anthropic", "Requests counted by the one client: 2"],
            await Running.RunAsync("keep-alive"));

    [Fact]
    public async Task With_Redis_or_without_it_clients_that_share_circuits_answer()
    {
        // Whether there is a Redis is the machine's affair.
        var lines = await Running.RunAsync("many-processes");

        Assert.Equal(["Answered by openai", "openai", "anthropic", "Answered by openai"], lines.Select(line => line.Split(':')[0]));
        Assert.All(lines.Skip(1).Take(2), line => Assert.Matches(": (shared|by itself), Closed", line));
    }

    [Fact]
    public void Every_sample_has_a_name_of_its_own() =>
        Assert.Equal(Sample.All.Count, Sample.All.Select(sample => sample.Name).Distinct().Count());
}
