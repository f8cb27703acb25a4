using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>What an answer says of its making.</summary>
public sealed class ReportTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_says_who_gave_it_and_every_attempt(bool streamed)
    {
        using var lab = new Lab(_a.Failing(FailureKind.ServerError, status: 503), _b);
        lab.Entry("b").Model = "b-model";

        var response = await lab.AskAsync(streamed);

        Assert.Equal("b", response.Provider);
        var (failed, succeeded) = (response.Attempts[0], response.Attempts[1]);
        Assert.Equal(("a", null, AttemptOutcome.Failure, FailureKind.ServerError), (failed.Provider, failed.Model, failed.Outcome, failed.Kind));
        Assert.Equal("The provider said ServerError.", failed.Reason!.Split(": ")[^1]);
        Assert.Equal(("b", "b-model", AttemptOutcome.Success, null), (succeeded.Provider, succeeded.Model, succeeded.Outcome, succeeded.Kind));
        Assert.Equal((3, 5), (succeeded.Usage!.InputTokenCount, succeeded.Usage.OutputTokenCount));
    }

    [Fact]
    public async Task The_first_update_says_who_and_the_attempts_so_far()
    {
        using var lab = new Lab(_a.Failing(FailureKind.ServerError), _b);
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop))
        {
            if (updates.Count == 0)
            {
                Assert.Equal("b", update.Provider);
                Assert.Equal("a", Assert.Single(update.Attempts).Provider);
            }

            updates.Add(update);
        }

        Assert.Equal(["a", "b"], updates[0].Attempts.Select(attempt => attempt.Provider));
        Assert.All(updates.Skip(1), update => Assert.Null(update.Provider));
        Assert.All(updates.Skip(1), update => Assert.Empty(update.Attempts));
        Assert.Equal(("b", 2), (updates.ToChatResponse().Provider, updates.ToChatResponse().Attempts.Count));
    }

    [Fact]
    public void An_answer_of_another_client_says_nothing()
    {
        Assert.Null(Answers.Text("x").Provider);
        Assert.Empty(Answers.Text("x").Attempts);
        Assert.Null(Answers.Piece("x").Provider);
        Assert.Empty(FakeEmbeddings.Vectors(1).Attempts);
        Assert.Null(FakeEmbeddings.Vectors(1).Provider);
        Assert.Null(new ChatResponse { AdditionalProperties = new() { ["flexiai"] = "something else" } }.Provider);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_that_went_through_a_cache_still_says_who_gave_it(bool streamed)
    {
        using var lab = new Lab(_a);
        var cached = lab.Client.AsBuilder().UseDistributedCache(new FakeCache()).Build();

        var first = await AskAsync();
        var second = await AskAsync();

        Assert.Equal(1, _a.Calls);
        Assert.Equal(("Hello from a", "a"), (first.Text, first.Provider));
        Assert.Equal(("Hello from a", "a"), (second.Text, second.Provider));
        Assert.Empty(second.Attempts);

        async Task<ChatResponse> AskAsync() => streamed
            ? await cached.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).ToChatResponseAsync(Lab.Stop)
            : await cached.GetResponseAsync("Hello", cancellationToken: Lab.Stop);
    }

    [Theory]
    [InlineData("""{"flexiai":{"provider":7}}""")]
    [InlineData("""{"flexiai":{}}""")]
    [InlineData("""{"flexiai":"a"}""")]
    public void Nonsense_from_a_cache_is_not_believed(string json) =>
        Assert.Null(new ChatResponse
        {
            AdditionalProperties = JsonSerializer.Deserialize<AdditionalPropertiesDictionary>(json, AIJsonUtilities.DefaultOptions),
        }.Provider);
}
