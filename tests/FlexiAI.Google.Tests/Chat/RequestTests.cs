using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public class RequestTests
{
    [Fact]
    public async Task A_text_alone_is_one_turn_and_nothing_else() => Make.EqualJson(
        """{"contents":[{"role":"user","parts":[{"text":"Hello"}]}]}""",
        await Make.WrittenAsync([new ChatMessage(ChatRole.User, "Hello")]));

    [Fact]
    public async Task System_messages_anywhere_and_instructions_become_the_system_instruction() => Make.EqualJson(
        """
        {"contents":[{"role":"user","parts":[{"text":"Hello"}]},{"role":"model","parts":[{"text":"Hi"}]},{"role":"user","parts":[{"text":"Bye"}]}],
         "systemInstruction":{"parts":[{"text":"Be brief."},{"text":"Be kind."},{"text":"Be clear."}]}}
        """,
        await Make.WrittenAsync(
            [
                new ChatMessage(ChatRole.System, "Be kind."),
                new ChatMessage(ChatRole.User, "Hello"),
                new ChatMessage(ChatRole.Assistant, "Hi"),
                new ChatMessage(new ChatRole("developer"), "Be clear."),
                new ChatMessage(ChatRole.User, "Bye"),
            ],
            new ChatOptions { Instructions = "Be brief." }));

    [Fact]
    public async Task A_system_message_alone_is_asked_as_the_user() => Make.EqualJson(
        """{"contents":[{"role":"user","parts":[{"text":"Say hello."}]}]}""",
        await Make.WrittenAsync([new ChatMessage(ChatRole.System, "Say hello.")]));

    [Fact]
    public async Task Data_goes_inline_and_addresses_as_files() => Make.EqualJson(
        """
        {"contents":[{"role":"user","parts":[
            {"text":"See"},
            {"inlineData":{"mimeType":"image/png","data":"AQID"}},
            {"inlineData":{"mimeType":"application/pdf","data":"BAU="}},
            {"fileData":{"mimeType":"image/jpeg","fileUri":"gs://bucket/a.jpg"}},
            {"fileData":{"mimeType":"audio/mp3","fileUri":"https://example.test/files/1"}}]}]}
        """,
        await Make.WrittenAsync(
        [
            new ChatMessage(ChatRole.User,
            [
                new TextContent("See"),
                new DataContent(new byte[] { 1, 2, 3 }, "image/png"),
                new DataContent(new byte[] { 4, 5 }, "application/pdf"),
                new UriContent("gs://bucket/a.jpg", "image/jpeg"),
                new HostedFileContent("https://example.test/files/1") { MediaType = "audio/mp3" },
            ]),
        ]));

    [Fact]
    public async Task Every_option_has_its_field() => Make.EqualJson(
        """
        {"contents":[{"role":"user","parts":[{"text":"Hello"}]}],
         "generationConfig":{"temperature":0.5,"topP":0.25,"topK":7,"maxOutputTokens":50,"presencePenalty":0.125,"frequencyPenalty":-0.5,"seed":42,"stopSequences":["END"]}}
        """,
        await Make.WrittenAsync(new ChatOptions
        {
            Temperature = 0.5f,
            TopP = 0.25f,
            TopK = 7,
            MaxOutputTokens = 50,
            PresencePenalty = 0.125f,
            FrequencyPenalty = -0.5f,
            Seed = 42,
            StopSequences = ["END"],
        }));

    [Fact]
    public async Task Json_is_asked_for_with_and_without_a_schema()
    {
        using var schema = JsonDocument.Parse("""{"type":"object","properties":{"a":{"type":"integer"}},"additionalProperties":false}""");
        Make.EqualJson(
            """{"responseMimeType":"application/json","responseJsonSchema":{"type":"object","properties":{"a":{"type":"integer"}},"additionalProperties":false}}""",
            (await Make.WrittenAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.RootElement) })).GetProperty("generationConfig"));
        Make.EqualJson(
            """{"responseMimeType":"application/json"}""",
            (await Make.WrittenAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.Json })).GetProperty("generationConfig"));
        Assert.False((await Make.WrittenAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.Text })).TryGetProperty("generationConfig", out _));
    }

    [Theory]
    [InlineData("gemini-2.5-flash", ReasoningEffort.None, """{"thinkingBudget":0}""")]
    [InlineData("gemini-2.5-flash", ReasoningEffort.Low, """{"thinkingBudget":1024}""")]
    [InlineData("gemini-2.5-flash", ReasoningEffort.Medium, """{"thinkingBudget":8192}""")]
    [InlineData("gemini-3-pro-preview", ReasoningEffort.None, """{"thinkingLevel":"MINIMAL"}""")]
    [InlineData("gemini-3-pro-preview", ReasoningEffort.Medium, """{"thinkingLevel":"MEDIUM"}""")]
    [InlineData("gemini-2.5-flash", ReasoningEffort.High, """{"thinkingBudget":24576}""")]
    [InlineData("gemini-3-pro-preview", ReasoningEffort.Low, """{"thinkingLevel":"LOW"}""")]
    [InlineData("models/gemini-flash-latest", ReasoningEffort.ExtraHigh, """{"thinkingLevel":"HIGH"}""")]
    [InlineData("gemini-2.0-flash", ReasoningEffort.Low, null)]
    [InlineData("somebodys-model", ReasoningEffort.Low, null)]
    public async Task Effort_is_written_as_the_model_understands_it(string model, ReasoningEffort effort, string? expected)
    {
        var body = await Make.WrittenAsync(new ChatOptions { Reasoning = new() { Effort = effort } }, Make.Gemini(model: model));
        if (expected is null)
        {
            Assert.False(body.TryGetProperty("generationConfig", out _));
            return;
        }

        Make.EqualJson(expected, body.GetProperty("generationConfig").GetProperty("thinkingConfig"));
    }

    [Fact]
    public async Task An_entrys_own_settings_are_in_every_request()
    {
        var entry = Make.Vertex();
        entry.ThinkingBudget = 512;
        entry.SafetySettings["HARM_CATEGORY_HARASSMENT"] = "BLOCK_ONLY_HIGH";
        Make.EqualJson(
            """
            {"contents":[{"role":"user","parts":[{"text":"Hello"}]}],
             "generationConfig":{"thinkingConfig":{"includeThoughts":true,"thinkingBudget":512}},
             "safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"BLOCK_ONLY_HIGH"}]}
            """,
            await Make.WrittenAsync(new ChatOptions { Reasoning = new() { Output = ReasoningOutput.Full } }, entry));
    }

    [Fact]
    public async Task What_the_caller_writes_by_hand_stands_and_the_rest_is_added_each_time()
    {
        var raw = JsonNode.Parse("""{"cachedContent":"cachedContents/1","generationConfig":{"temperature":1},"tools":[{"urlContext":{}}]}""");
        var options = new ChatOptions
        {
            Temperature = 0.5f,
            TopK = 7,
            Tools = [new HostedWebSearchTool()],
            RawRepresentationFactory = _ => raw,
        };
        for (var i = 0; i < 2; i++)
        {
            Make.EqualJson(
                """
                {"cachedContent":"cachedContents/1","generationConfig":{"temperature":1,"topK":7},"tools":[{"urlContext":{}},{"googleSearch":{}}],
                 "contents":[{"role":"user","parts":[{"text":"Hello"}]}]}
                """,
                await Make.WrittenAsync(options));
        }
    }

    [Fact]
    public async Task The_callers_model_is_asked() => Assert.Contains(
        "/models/gemini-3-pro:",
        await AddressAsync(new ChatOptions { ModelId = "gemini-3-pro" }),
        StringComparison.Ordinal);

    [Fact]
    public async Task What_another_provider_left_in_its_turns_is_not_sent() => Make.EqualJson(
        """{"contents":[{"role":"user","parts":[{"text":"Hello"},{"text":"Still there?"}]}]}""",
        await Make.WrittenAsync(
        [
            new ChatMessage(ChatRole.User, "Hello"),
            new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("Hm."), new TextContent(""), new HostedVectorStoreContent("1"), new ErrorContent("x")]),
            new ChatMessage(ChatRole.User, "Still there?"),
        ]));

    [Fact]
    public async Task Content_that_Google_has_no_place_for_is_refused_before_it_is_sent() => await Assert.ThrowsAsync<NotSupportedException>(
        () => Make.WrittenAsync([new ChatMessage(ChatRole.User, [new HostedVectorStoreContent("1")])]));

    private static async Task<string> AddressAsync(ChatOptions options)
    {
        var handler = new CannedHandler(CannedHandler.Answer);
        await Make.Chat(Make.Gemini(), handler).GetResponseAsync("Hello", options, Make.Cancel);
        return handler.Requests[0].Uri.AbsoluteUri;
    }
}
