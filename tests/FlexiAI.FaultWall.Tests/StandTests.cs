using FlexiAI.FaultWall;
using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>What the scenes rely on.</summary>
public class StandTests
{
    public static TheoryData<SimulatedWire> Wires => [.. Enum.GetValues<SimulatedWire>()];

    [Fact]
    public void The_answer_has_sixty_words_and_no_two_alike()
    {
        var words = Answers.Whole.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((60, 60), (words.Length, words.Distinct().Count()));
        Assert.StartsWith(Answers.First(40), Answers.Whole, StringComparison.Ordinal);
        Assert.StartsWith(Answers.First(20), Answers.DivergingAfter(20), StringComparison.Ordinal);
        Assert.NotEqual(Answers.First(21), Answers.DivergingAfter(20)[..Answers.First(21).Length]);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task On_every_wire_a_trailing_assistant_message_is_seen_and_gone_on_from(SimulatedWire wire)
    {
        var token = TestContext.Current.CancellationToken;
        var clock = new WallClock();
        await using var provider = await SimulatedProvider.StartAsync(
            wire, new() { Name = Entries.Primary, Answer = Answers.Whole, Prefill = SimulatedPrefill.Continue }, token);
        await using var client = new FlexiClient(new FlexiOptions { Providers = [Entries.For(provider)] }, timeProvider: clock);
        ChatMessage[] messages = [new(ChatRole.User, "Tell me something."), new(ChatRole.Assistant, Answers.First(40))];
        var response = await client.GetStreamingResponseAsync(messages, cancellationToken: token).ToChatResponseAsync(token);
        Assert.Equal(Answers.Whole, Answers.First(40) + response.Text);
        Assert.Equal(Answers.First(40), Arrival.Of(Assert.Single(provider.Requests), clock).Prefill);
    }

    [Fact]
    public async Task A_short_wait_is_over_at_once_and_the_clock_says_that_it_has_passed()
    {
        var clock = new WallClock();
        await Task.Delay(TimeSpan.FromSeconds(2), clock, TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(2), clock.Elapsed);
    }

    [Fact]
    public void A_long_wait_lasts_until_somebody_moves_the_clock()
    {
        var clock = new WallClock();
        var wait = Task.Delay(TimeSpan.FromSeconds(3), clock, TestContext.Current.CancellationToken);
        Assert.False(wait.IsCompleted);
        clock.AdvanceTo(TimeSpan.FromSeconds(3));
        clock.AdvanceTo(TimeSpan.FromSeconds(1));
        Assert.Equal((true, TimeSpan.FromSeconds(3)), (wait.IsCompleted, clock.Elapsed));
    }
}
