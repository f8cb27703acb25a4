using System.Text.Json;
using FlexiAI.Testing;
using OpenAI.Chat;

namespace FlexiAI.Tests;

/// <summary>OpenAI's .NET SDK over providers of its own wire and of the others.</summary>
public sealed class OpenAISdkTests
{
    private const string Unicode = "Grüße, 世界 👩‍👩‍👧‍👦 \0 \u2028 \"\\\" <é> 🏳️‍🌈";

    private static readonly BinaryData City = BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}},"required":["city"]}""");
    private static readonly BinaryData Schema = BinaryData.FromString(
        """{"type":"object","properties":{"city":{"type":"string"},"inhabitants":{"type":"integer"}},"required":["city","inhabitants"],"additionalProperties":false}""");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<SimulatedWire> Wires => [SimulatedWire.OpenAI, SimulatedWire.Anthropic, SimulatedWire.Google];

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_whole_answer_arrives_with_its_usage(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);

        var reply = await AskAsync(stage, "hello");

        Assert.Equal((SdkAnswers.Hello, ChatFinishReason.Stop, "good-model"), (Text(reply), reply.FinishReason, reply.Model));
        Assert.Equal((11, 7, 18), (reply.Usage.InputTokenCount, reply.Usage.OutputTokenCount, reply.Usage.TotalTokenCount));
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_stream_arrives_with_its_usage(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);

        // This SDK always asks for usage.
        var updates = await StreamAsync(stage, "hello");

        Assert.Equal(SdkAnswers.Hello, Text(updates));
        Assert.Equal(ChatFinishReason.Stop, Assert.Single(updates, update => update.FinishReason is not null).FinishReason);
        var usage = Assert.Single(updates, update => update.Usage is not null).Usage;
        Assert.Equal((11, 7, 18), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_conversation_keeps_its_turns(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);

        ChatCompletion reply = await Chat(stage).CompleteChatAsync(
            [new SystemChatMessage("Be brief."), new UserChatMessage("One?"), new AssistantChatMessage("One."), new UserChatMessage("roles")], cancellationToken: Stop);

        Assert.Equal("system: Be brief. user: One? assistant: One. user: roles", Text(reply));
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_tool_is_called_with_arguments_that_come_in_pieces_and_its_result_goes_back(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);

        var updates = await StreamAsync(stage, "weather", WithTools());

        var pieces = updates.SelectMany(update => update.ToolCallUpdates).ToList();
        var call = ChatToolCall.CreateFunctionToolCall(
            string.Concat(pieces.Select(piece => piece.ToolCallId)),
            string.Concat(pieces.Select(piece => piece.FunctionName)),
            BinaryData.FromString(string.Concat(pieces.Select(piece => piece.FunctionArgumentsUpdate?.ToString()))));
        AssertCall("weather", """{"city":"Zürich","days":3}""", call);
        Assert.Equal(ChatFinishReason.ToolCalls, Assert.Single(updates, update => update.FinishReason is not null).FinishReason);
        ChatCompletion reply = await Chat(stage).CompleteChatAsync(
            [new UserChatMessage("weather"), new AssistantChatMessage([call]), new ToolChatMessage(call.Id, "21 degrees")], WithTools(), Stop);
        Assert.Equal("It has 21 degrees.", Text(reply));
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Tools_are_called_side_by_side(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);

        var reply = await AskAsync(stage, "both", WithTools());
        var pieces = (await StreamAsync(stage, "both", WithTools())).SelectMany(update => update.ToolCallUpdates).GroupBy(piece => piece.Index).ToList();

        Assert.Equal(ChatFinishReason.ToolCalls, reply.FinishReason);
        Assert.Equal(2, reply.ToolCalls.DistinctBy(call => call.Id).Count());
        AssertCall("weather", """{"city":"Zürich","days":3}""", reply.ToolCalls[0]);
        AssertCall("clock", """{"city":"Oslo"}""", reply.ToolCalls[1]);
        Assert.Equal(["weather", "clock"], pieces.Select(call => string.Concat(call.Select(piece => piece.FunctionName))));
        Assert.Equal(2, pieces.Select(call => string.Concat(call.Select(piece => piece.ToolCallId))).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_picture_reaches_the_model(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);
        var picture = ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(Convert.FromBase64String(SdkAnswers.Picture)), "image/png");

        ChatCompletion reply = await Chat(stage).CompleteChatAsync([new UserChatMessage(ChatMessageContentPart.CreateTextPart("picture"), picture)], cancellationToken: Stop);

        Assert.Equal("I see it.", Text(reply));
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_schema_reaches_the_model(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);

        var reply = await AskAsync(stage, "schema", new() { ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("city", Schema, jsonSchemaIsStrict: true) });

        Assert.Equal("""{"city":"Bern","inhabitants":134794}""", Text(reply));
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Every_sign_arrives_both_ways(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);

        Assert.Equal(Unicode, Text(await AskAsync(stage, Unicode)));
        Assert.Equal(Unicode, Text(await StreamAsync(stage, Unicode)));
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task A_prompt_of_5_MB_arrives_whole(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);
        var prompt = "long " + string.Concat(Enumerable.Repeat("word ", 1024 * 1024));

        Assert.Equal($"{prompt.Length} characters", Text(await AskAsync(stage, prompt)));
    }

    internal static ChatClient Chat(SdkStage stage) => stage.OpenAI().GetChatClient(SdkStage.Model);

    internal static async Task<ChatCompletion> AskAsync(SdkStage stage, string prompt, ChatCompletionOptions? options = null) =>
        await Chat(stage).CompleteChatAsync([new UserChatMessage(prompt)], options, Stop);

    internal static async Task<List<StreamingChatCompletionUpdate>> StreamAsync(SdkStage stage, string prompt, ChatCompletionOptions? options = null) =>
        await Chat(stage).CompleteChatStreamingAsync([new UserChatMessage(prompt)], options, Stop).ToListAsync(Stop);

    internal static string Text(IEnumerable<StreamingChatCompletionUpdate> updates) =>
        string.Concat(updates.SelectMany(update => update.ContentUpdate).Select(part => part.Text));

    private static string Text(ChatCompletion reply) => string.Concat(reply.Content.Select(part => part.Text));

    private static ChatCompletionOptions WithTools() => new()
    {
        Tools = { ChatTool.CreateFunctionTool("weather", "Tells the weather.", City), ChatTool.CreateFunctionTool("clock", "Tells the clock.", City) },
    };

    private static void AssertCall(string name, string arguments, ChatToolCall call)
    {
        Assert.Equal(name, call.FunctionName);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(arguments), JsonElement.Parse(call.FunctionArguments)), call.FunctionArguments.ToString());
    }
}
