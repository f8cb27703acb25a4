using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>What of a caller's request reaches which provider.</summary>
public sealed class RequestOptionsTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");

    [Fact]
    public async Task Defaults_fill_in_what_the_caller_left_out_and_leave_the_callers_options_alone()
    {
        using var lab = new Lab(_a) { Options = { DefaultTemperature = 0.7f, DefaultMaxOutputTokens = 1_000 } };
        var options = new ChatOptions { Temperature = 0.1f };

        await lab.AskAsync();
        Assert.Equal((0.7f, 1_000), (_a.LastCall.Options!.Temperature, _a.LastCall.Options.MaxOutputTokens));
        await lab.Client.GetResponseAsync("Hello", options, Lab.Stop);

        Assert.Equal((0.1f, 1_000), (_a.LastCall.Options!.Temperature, _a.LastCall.Options.MaxOutputTokens));
        Assert.Null(options.MaxOutputTokens);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gpt-4o")]
    public async Task Trap20_Each_provider_is_asked_for_its_own_model(string? asked)
    {
        using var lab = new Lab(_a.Failing(FailureKind.ServerError), _b);
        (lab.Entry("a").Model, lab.Entry("b").Model) = ("gpt-4o", "claude");
        var options = new ChatOptions { ModelId = asked, TopK = 4 };

        await lab.Client.GetResponseAsync("Hello", options, Lab.Stop);

        Assert.Equal(("gpt-4o", "claude"), (_a.LastCall.Options!.ModelId, _b.LastCall.Options!.ModelId));
        Assert.Equal((asked, 4), (options.ModelId, _b.LastCall.Options.TopK));
    }

    [Fact]
    public async Task An_entry_without_a_model_leaves_it_to_the_caller()
    {
        using var lab = new Lab(_a);
        lab.Entry("a").Model = null!;
        var options = new ChatOptions { ModelId = "mine" };

        await lab.Client.GetResponseAsync("Hello", options, Lab.Stop);

        Assert.Same(options, _a.LastCall.Options);
        Assert.Null(lab.Status("a").Model);
    }

    [Fact]
    public async Task A_client_made_for_its_model_gets_the_callers_options_untouched()
    {
        await using var client = new FlexiClient(new FlexiOptions { Providers = [new TestProvider { Model = "m", ApiKey = "key", MakeChat = _ => _a }] });

        await client.GetResponseAsync("Hello", cancellationToken: Lab.Stop);
        Assert.Null(_a.LastCall.Options);
        await client.GetResponseAsync("Hello", new() { ModelId = "other" }, Lab.Stop);
        Assert.Equal("m", _a.LastCall.Options!.ModelId);
    }

    [Fact]
    public async Task Messages_that_can_be_read_only_once_reach_every_provider()
    {
        using var lab = new Lab(_a.Failing(FailureKind.ServerError), _b);

        await lab.Client.GetResponseAsync(Once(), cancellationToken: Lab.Stop);

        Assert.Equal("one", Assert.Single(_b.LastCall.Messages).Text);

        static IEnumerable<ChatMessage> Once()
        {
            yield return new ChatMessage(ChatRole.User, "one");
        }
    }
}
