using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public sealed class ChatThroughSdkTests
{
    public static TheoryData<SimulatedWire, bool> EveryWay => new()
    {
        { SimulatedWire.OpenAI, false }, { SimulatedWire.OpenAI, true },
        { SimulatedWire.Anthropic, false }, { SimulatedWire.Anthropic, true },
    };

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task A_text_arrives_whole_with_its_model_finish_reason_and_usage(SimulatedWire wire, bool streamed)
    {
        await using var provider = await Raw.StartAsync(wire, new() { Answer = "One two  three\nfour, \"five\" sechs ß 7." });

        var response = await AskAsync(provider, streamed, "Count for me");

        Assert.Equal("One two  three\nfour, \"five\" sechs ß 7.", response.Text);
        Assert.Equal("a-model", response.ModelId);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal(3, response.Usage?.InputTokenCount);
        Assert.Equal(8, response.Usage?.OutputTokenCount);
        Assert.NotEmpty(response.ResponseId ?? "");
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task Tool_calls_arrive_with_name_arguments_and_id(SimulatedWire wire, bool streamed)
    {
        await using var provider = await Raw.StartAsync(wire);
        provider.Responder = _ => new SimulatedAnswer
        {
            Text = "Let me look.",
            ToolCalls =
            [
                new("get_weather", """{"city":"Wien","days":3,"units":"metric"}"""),
                new("get_time", Id: "call_given"),
            ],
        };

        var response = await AskAsync(provider, streamed, "Weather?");

        var calls = response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
        Assert.Equal(["get_weather", "get_time"], calls.Select(call => call.Name));
        Assert.Equal("Wien", calls[0].Arguments!["city"]?.ToString());
        Assert.Equal("3", calls[0].Arguments!["days"]?.ToString());
        Assert.Equal("call_given", calls[1].CallId);
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        Assert.Equal("Let me look.", response.Text);
    }

    [Theory]
    [InlineData(SimulatedWire.OpenAI, false, SimulatedFinish.Length, "length")]
    [InlineData(SimulatedWire.OpenAI, true, SimulatedFinish.ContentFilter, "content_filter")]
    [InlineData(SimulatedWire.Anthropic, false, SimulatedFinish.Length, "length")]
    [InlineData(SimulatedWire.Anthropic, true, SimulatedFinish.ContentFilter, "content_filter")]
    public async Task A_finish_reason_is_told_in_the_wires_own_word(SimulatedWire wire, bool streamed, SimulatedFinish finish, string expected)
    {
        await using var provider = await Raw.StartAsync(wire);
        provider.Responder = _ => new SimulatedAnswer { Text = "Half", Finish = finish };

        Assert.Equal(expected, (await AskAsync(provider, streamed, "Hello")).FinishReason?.Value);
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task Usage_can_be_given(SimulatedWire wire, bool streamed)
    {
        await using var provider = await Raw.StartAsync(wire);
        provider.Responder = _ => new SimulatedAnswer { Text = "Hi", InputTokens = 120, CachedInputTokens = 20, OutputTokens = 45 };

        var usage = (await AskAsync(provider, streamed, "Hello")).Usage!;

        Assert.Equal((120, 20, 45), (usage.InputTokenCount, usage.CachedInputTokenCount, usage.OutputTokenCount));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reasoning_of_Anthropic_arrives_before_the_text(bool streamed)
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Anthropic);
        provider.Responder = _ => new SimulatedAnswer { Text = "So yes.", Reasoning = "Let me think about it." };

        var response = await AskAsync(provider, streamed, "Hello");

        var contents = response.Messages.SelectMany(m => m.Contents).ToList();
        Assert.Equal("Let me think about it.", string.Concat(contents.OfType<TextReasoningContent>().Select(c => c.Text)));
        Assert.Equal("So yes.", response.Text);
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task The_responder_sees_the_conversation(SimulatedWire wire, bool streamed)
    {
        await using var provider = await Raw.StartAsync(wire);
        provider.Responder = request => string.Join('|', request.Messages.Select(m => $"{m.Role}={m.Text}"));

        var response = await AskAsync(
            provider, streamed, new(ChatRole.System, "Be kind."), new(ChatRole.User, "Hi"), new(ChatRole.Assistant, "Hello"), new(ChatRole.User, "Bye"));

        Assert.Equal("system=Be kind.|user=Hi|assistant=Hello|user=Bye", response.Text);
    }

    private static Task<ChatResponse> AskAsync(SimulatedProvider provider, bool streamed, string prompt) =>
        AskAsync(provider, streamed, new ChatMessage(ChatRole.User, prompt));

    private static async Task<ChatResponse> AskAsync(SimulatedProvider provider, bool streamed, params ChatMessage[] messages)
    {
        using var client = provider.Chat();
        return streamed
            ? await client.GetStreamingResponseAsync(messages, cancellationToken: Raw.Token).ToChatResponseAsync(Raw.Token)
            : await client.GetResponseAsync(messages, cancellationToken: Raw.Token);
    }
}
