using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public class ToolTests
{
    private static readonly AIFunction Weather = AIFunctionFactory.Create((string city) => $"Sunny in {city}", "weather", "Tells the weather.");
    private static readonly AIFunction Now = AIFunctionFactory.Create(() => "noon", "now");

    [Fact]
    public async Task Functions_are_declared_with_their_schema()
    {
        var body = await Make.WrittenAsync(new ChatOptions { Tools = [Weather, Now, new HostedWebSearchTool(), new HostedCodeInterpreterTool()] });
        Make.EqualJson(
            """
            [{"functionDeclarations":[
                {"name":"weather","description":"Tells the weather.","parametersJsonSchema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}},
                {"name":"now"}]},
             {"googleSearch":{}},{"codeExecution":{}}]
            """,
            body.GetProperty("tools"));
        Assert.False(body.TryGetProperty("toolConfig", out _));
    }

    public static TheoryData<ChatToolMode, string> Modes => new()
    {
        { ChatToolMode.Auto, """{"functionCallingConfig":{"mode":"AUTO"}}""" },
        { ChatToolMode.None, """{"functionCallingConfig":{"mode":"NONE"}}""" },
        { ChatToolMode.RequireAny, """{"functionCallingConfig":{"mode":"ANY"}}""" },
        { ChatToolMode.RequireSpecific("now"), """{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["now"]}}""" },
    };

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task The_mode_says_how_freely_functions_are_called(ChatToolMode mode, string expected)
    {
        Make.EqualJson(expected, (await Make.WrittenAsync(new ChatOptions { Tools = [Weather, Now], ToolMode = mode })).GetProperty("toolConfig"));
        Assert.False((await Make.WrittenAsync(new ChatOptions { ToolMode = mode })).TryGetProperty("toolConfig", out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Parallel_calls_without_ids_get_ids_of_their_own_and_go_back_as_they_came(bool stored)
    {
        var handler = new CannedHandler(
            """
            {"candidates":[{"content":{"role":"model","parts":[
                {"functionCall":{"name":"weather","args":{"city":"Rome"}},"thoughtSignature":"c2lnbmVk"},
                {"functionCall":{"name":"weather","args":{"city":"Oslo"}}}]},"finishReason":"STOP"}]}
            """);
        var response = await Make.Chat(Make.Gemini(model: "gemini-3-pro"), handler).GetResponseAsync("Weather?", cancellationToken: Make.Cancel);
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        var calls = response.Messages[0].Contents.OfType<FunctionCallContent>().ToList();
        Assert.Equal(["Rome", "Oslo"], calls.Select(call => call.Arguments!["city"]!.ToString()));
        Assert.Equal(2, calls.Select(call => call.CallId).Distinct().Count());
        Assert.All(calls, call => Assert.NotEmpty(call.CallId));

        var body = await Make.WrittenAsync(
            [
                new ChatMessage(ChatRole.User, "Weather?"),
                .. stored ? Stored(response.Messages) : response.Messages,
                new ChatMessage(ChatRole.Tool, [new FunctionResultContent(calls[0].CallId, "Sunny")]),
                new ChatMessage(ChatRole.Tool, [new FunctionResultContent(calls[1].CallId, new Dictionary<string, object?> { ["rain"] = true })]),
            ],
            entry: Make.Gemini(model: "gemini-3-pro"));
        Make.EqualJson(
            """
            [{"role":"user","parts":[{"text":"Weather?"}]},
             {"role":"model","parts":[
                {"functionCall":{"name":"weather","args":{"city":"Rome"}},"thoughtSignature":"c2lnbmVk"},
                {"functionCall":{"name":"weather","args":{"city":"Oslo"}}}]},
             {"role":"user","parts":[
                {"functionResponse":{"name":"weather","response":{"output":"Sunny"}}},
                {"functionResponse":{"name":"weather","response":{"rain":true}}}]}]
            """,
            body.GetProperty("contents"));
    }

    [Fact]
    public async Task Ids_that_Google_gave_go_back_with_call_and_result()
    {
        var handler = new CannedHandler(
            """{"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"id":"g-1","name":"now","args":{}}}]},"finishReason":"STOP"}]}""");
        var response = await Make.Chat(Make.Gemini(), handler).GetResponseAsync("Time?", cancellationToken: Make.Cancel);
        var body = await Make.WrittenAsync(
        [
            new ChatMessage(ChatRole.User, "Time?"),
            .. Stored(response.Messages),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("g-1", "noon")]),
        ]);
        Make.EqualJson("""{"id":"g-1","name":"now","args":{}}""", body.GetProperty("contents")[1].GetProperty("parts")[0].GetProperty("functionCall"));
        Make.EqualJson(
            """{"id":"g-1","name":"now","response":{"output":"noon"}}""",
            body.GetProperty("contents")[2].GetProperty("parts")[0].GetProperty("functionResponse"));
    }

    [Theory]
    [InlineData("gemini-2.5-flash", "")]
    [InlineData("gemini-3-pro", ""","thoughtSignature":"skip_thought_signature_validator" """)]
    public async Task Trap_20_a_turn_of_another_provider_is_taken_over_without_its_ids(string model, string signature)
    {
        var body = await Make.WrittenAsync(
            [
                new ChatMessage(ChatRole.User, "Weather and time?"),
                new ChatMessage(ChatRole.Assistant,
                [
                    new TextReasoningContent("I must look.") { ProtectedData = "another vendor's seal" },
                    new TextContent("One moment."),
                    new FunctionCallContent("toolu_01", "weather", new Dictionary<string, object?> { ["city"] = "Rome" }),
                    new FunctionCallContent("toolu_02", "now"),
                ]),
                new ChatMessage(ChatRole.Tool, [new FunctionResultContent("toolu_02", "noon"), new FunctionResultContent("toolu_01", "Sunny")]),
            ],
            entry: Make.Gemini(model: model));
        Make.EqualJson(
            """
            [{"role":"user","parts":[{"text":"Weather and time?"}]},
             {"role":"model","parts":[
                {"text":"One moment."},
                {"functionCall":{"name":"weather","args":{"city":"Rome"}}SIGNATURE},
                {"functionCall":{"name":"now","args":{}}}]},
             {"role":"user","parts":[
                {"functionResponse":{"name":"now","response":{"output":"noon"}}},
                {"functionResponse":{"name":"weather","response":{"output":"Sunny"}}}]}]
            """.Replace("SIGNATURE", signature, StringComparison.Ordinal),
            body.GetProperty("contents"));
    }

    public static TheoryData<object?, string> Results => new()
    {
        { null, """{"output":""}""" },
        { 5, """{"output":5}""" },
        { new List<string> { "a", "b" }, """{"output":["a","b"]}""" },
        { new TextContent("text"), """{"output":"text"}""" },
        { JsonElement.Parse("""{"a":1}"""), """{"a":1}""" },
    };

    [Theory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public async Task A_result_of_any_form_is_an_object(object? result, string expected)
    {
        var body = await Make.WrittenAsync(
        [
            new ChatMessage(ChatRole.User, "Go"),
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "f")]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", result)]),
        ]);
        Make.EqualJson(expected, body.GetProperty("contents")[2].GetProperty("parts")[0].GetProperty("functionResponse").GetProperty("response"));
    }

    [Fact]
    public async Task A_result_without_its_call_is_the_callers_mistake()
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(
            () => Make.WrittenAsync([new ChatMessage(ChatRole.Tool, [new FunctionResultContent("call_1", "noon")])]));
        Assert.Contains("call_1", failure.Message, StringComparison.Ordinal);
    }

    // As a conversation comes back from a database.
    private static List<ChatMessage> Stored(IList<ChatMessage> messages) =>
        JsonSerializer.Deserialize<List<ChatMessage>>(JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;
}
