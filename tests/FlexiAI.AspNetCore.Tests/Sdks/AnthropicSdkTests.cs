using Anthropic;
using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>Anthropic's .NET SDK over providers of its own wire and of the others.</summary>
public sealed class AnthropicSdkTests
{
    private const string Unicode = "Grüße, 世界 👩‍👩‍👧‍👦 \0 \u2028 \"\\\" <é> 🏳️‍🌈";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<SimulatedWire> Wires => [SimulatedWire.Anthropic, SimulatedWire.OpenAI, SimulatedWire.Google];

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task An_answer_arrives_with_its_usage_whole_and_streamed(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);

        foreach (var reply in await BothAsync(stage, "hello"))
        {
            Assert.Equal((SdkAnswers.Hello, ChatFinishReason.Stop, "good-model"), (reply.Text, reply.FinishReason, reply.ModelId));
            Assert.Equal((11, 7), (reply.Usage!.InputTokenCount, reply.Usage.OutputTokenCount));
        }
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_conversation_keeps_its_turns(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);

        var reply = await Chat(stage).GetResponseAsync(
            [new(ChatRole.System, "Be brief."), new(ChatRole.User, "One?"), new(ChatRole.Assistant, "One."), new(ChatRole.User, "roles")], cancellationToken: Stop);

        Assert.Equal("system: Be brief. user: One? assistant: One. user: roles", reply.Text);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_tool_is_called_with_arguments_that_come_in_pieces_and_its_result_goes_back(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);

        var asked = await Chat(stage).GetStreamingResponseAsync("weather", WithTools(), Stop).ToChatResponseAsync(Stop);

        Assert.Equal(ChatFinishReason.ToolCalls, asked.FinishReason);
        var call = Assert.Single(asked.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>());
        Assert.Equal(("weather", "Zürich", "3"), (call.Name, call.Arguments!["city"]!.ToString(), call.Arguments["days"]!.ToString()));
        var reply = await Chat(stage).GetResponseAsync(
            [new(ChatRole.User, "weather"), .. asked.Messages, new(ChatRole.Tool, [new FunctionResultContent(call.CallId, "21 degrees")])], WithTools(), Stop);
        Assert.Equal("It has 21 degrees.", reply.Text);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Tools_are_called_side_by_side(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);

        foreach (var reply in await BothAsync(stage, "both", WithTools()))
        {
            var calls = reply.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
            Assert.Equal([("weather", "Zürich"), ("clock", "Oslo")], calls.Select(call => (call.Name, call.Arguments!["city"]!.ToString()!)));
            Assert.Equal(2, calls.DistinctBy(call => call.CallId).Count());
        }
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_picture_reaches_the_model(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);
        var picture = new DataContent(Convert.FromBase64String(SdkAnswers.Picture), "image/png");

        var reply = await Chat(stage).GetResponseAsync(new ChatMessage(ChatRole.User, [new TextContent("picture"), picture]), cancellationToken: Stop);

        Assert.Equal("I see it.", reply.Text);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_schema_reaches_the_model(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);
        var schema = System.Text.Json.JsonElement.Parse(
            """{"type":"object","properties":{"city":{"type":"string"},"inhabitants":{"type":"integer"}},"required":["city","inhabitants"],"additionalProperties":false}""");

        var reply = await Chat(stage).GetResponseAsync("schema", new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "city") }, Stop);

        Assert.Equal("""{"city":"Bern","inhabitants":134794}""", reply.Text);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Every_sign_arrives_both_ways(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);

        Assert.All(await BothAsync(stage, Unicode), reply => Assert.Equal(Unicode, reply.Text));
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_prompt_of_5_MB_arrives_whole(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);
        var prompt = "long " + string.Concat(Enumerable.Repeat("word ", 1024 * 1024));

        Assert.Equal($"{prompt.Length} characters", (await Chat(stage).GetResponseAsync(prompt, cancellationToken: Stop)).Text);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Models_are_listed_and_found(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);

        var models = await stage.Anthropic().Models.List(cancellationToken: Stop);

        Assert.Empty(SdkStage.Names.Except(models.Items.Select(model => model.ID)));
        Assert.Equal("good-model", (await stage.Anthropic().Models.Retrieve("good-model", cancellationToken: Stop)).ID);
    }

    internal static IChatClient Chat(SdkStage stage, string model = SdkStage.Model) => stage.Anthropic().AsIChatClient(model, 100);

    private static async Task<ChatResponse[]> BothAsync(SdkStage stage, string prompt, ChatOptions? options = null) =>
    [
        await Chat(stage).GetResponseAsync(prompt, options, Stop),
        await Chat(stage).GetStreamingResponseAsync(prompt, options, Stop).ToChatResponseAsync(Stop),
    ];

    private static ChatOptions WithTools() => new()
    {
        Tools =
        [
            AIFunctionFactory.Create((string city, int days) => $"{city}{days}", "weather", "Tells the weather."),
            AIFunctionFactory.Create((string city) => city, "clock", "Tells the clock."),
        ],
    };
}
