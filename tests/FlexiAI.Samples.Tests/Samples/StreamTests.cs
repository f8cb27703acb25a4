namespace FlexiAI.Samples;

public sealed class StreamTests
{
    [Fact]
    public async Task What_arrived_of_a_stream_that_breaks_off_is_kept() =>
        Assert.Equal(
            ["Once upon a time […]", "openai broke off (Network) after 16 characters; attempts: 1", "Kept: Once upon a time […]"],
            await Running.RunAsync("broken-stream"));

    [Fact]
    public async Task A_stream_that_breaks_off_is_taken_up_and_each_part_says_whose_it_is() =>
        Assert.Equal(["[openai]Once upon a time[anthropic] there was a fox."], await Running.RunAsync("taken-up-stream"));

    [Fact]
    public async Task The_second_provider_answers_where_the_first_is_slow()
    {
        var time = new AnnouncedTime(TimeSpan.FromSeconds(3));
        var running = Running.RunAsync("hedging", time);
        await time.WaitingBegan.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(["openai: Cancelled", "anthropic: Success"], await running);
    }

    [Fact]
    public async Task A_model_that_thinks_shows_its_thinking() =>
        Assert.Equal(["Let me think. 42"], await Running.RunAsync("reasoning"));
}
