namespace FlexiAI.Samples;

public sealed class RecoveryTests
{
    [Fact]
    public async Task The_steps_of_the_guide_end_in_case_B_and_then_in_case_A() =>
        Assert.Equal(
            [
                "Step 1: the primary fails three times.",
                "Step 2: the backup answers.",
                "anthropic", "Circuit: open", "Last failure: 2025-10-26T12:00:05Z", "Tested again in: 50 s",
                "Step 3: 60 seconds pass.",
                "Steps 4 and 5B: the next request tests the primary, which still fails.",
                "Provider: anthropic", "Circuit: open", "Tested again in: 60 s",
                "Steps 4 and 5A: 60 seconds later the primary is well.",
                "Provider: openai", "Circuit: closed", "Failures: 0", "Successes: 1", "openai",
            ],
            await Running.RunAsync("recovery-steps"));

    [Fact]
    public async Task The_complete_example_finds_its_provider_still_down()
    {
        var time = new AnnouncedTime(TimeSpan.FromSeconds(11));
        var running = Running.RunAsync("recovery", time);
        await time.WaitingBegan.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(
            [
                "Phase 1: Triggering failures...", "  Failure 1", "  Failure 2", "  Failure 3", "Circuit opened! State: open",
                "Phase 2: Waiting 10 seconds...",
                "Phase 3: Testing recovery...", "❌ Primary still down, circuit reopened", "Final circuit state: open",
            ],
            await running);
    }
}
