using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>What Anthropic's SDK sends is read as what it was.</summary>
public sealed class AnthropicSdkRequestTests
{
    private static readonly byte[] Picture = [137, 80, 78, 71, 1, 2, 3];
    private static readonly string[] StopWords = ["END", "###"];

    [Fact]
    public async Task AConversationWithPicturesCallsAndResults_ArrivesWhole()
    {
        var chat = await SendAsync(
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.User, [new TextContent("What is it?"), new DataContent(Picture, "image/png"), new UriContent("https://x.example/a.png", "image/png")]),
            new(ChatRole.Assistant,
            [
                new TextReasoningContent("hm") { ProtectedData = "c2ln" },
                new TextContent("I look."),
                new FunctionCallContent("c1", "look", new Dictionary<string, object?> { ["far"] = true }),
                new FunctionCallContent("c2", "ask"),
            ]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "a cat"), new FunctionResultContent("c2", "no") { Exception = new InvalidOperationException("no") }]),
            new(ChatRole.User, "Well?"),
        ]);

        Assert.Equal(["system", "user", "assistant", "tool", "user"], chat.Messages.Select(message => message.Role.Value));
        Assert.Equal("Be brief.", chat.Messages[0].Text);
        Assert.Equal("What is it?", chat.Messages[1].Text);
        var data = Assert.IsType<DataContent>(chat.Messages[1].Contents[1]);
        Assert.Equal(Picture, data.Data.ToArray());
        Assert.Equal("image/png", data.MediaType);
        Assert.Equal("https://x.example/a.png", Assert.IsType<UriContent>(chat.Messages[1].Contents[2]).Uri.AbsoluteUri);
        Assert.Equal("c2ln", Assert.IsType<TextReasoningContent>(chat.Messages[2].Contents[0]).ProtectedData);
        var call = Assert.IsType<FunctionCallContent>(chat.Messages[2].Contents[2]);
        Assert.Equal(("c1", "look", JsonValueKind.True), (call.CallId, call.Name, ((JsonElement)call.Arguments!["far"]!).ValueKind));
        var results = chat.Messages[3].Contents.Cast<FunctionResultContent>().ToList();
        Assert.Equal([("c1", "a cat", false), ("c2", "no", true)], results.Select(r => (r.CallId, (string?)r.Result, r.Exception is not null)));
        Assert.Equal("Well?", chat.Messages[4].Text);
        Assert.True(chat.IncludeUsage);
    }

    [Fact]
    public async Task OptionsArriveAsTheyWere()
    {
        var tool = AIFunctionFactory.Create((string city) => city, "weather", "Tells the weather.");
        var schema = JsonDocument.Parse("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""").RootElement;
        var chat = await SendAsync([new(ChatRole.User, "Hello")], new ChatOptions
        {
            MaxOutputTokens = 77,
            StopSequences = [.. StopWords],
            Tools = [tool],
            ToolMode = ChatToolMode.RequireSpecific("weather"),
            AllowMultipleToolCalls = false,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(schema),
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Medium },
        });

        Assert.Equal(77, chat.Options.MaxOutputTokens);
        Assert.Equal(StopWords, chat.Options.StopSequences!);
        var declared = Assert.IsType<AIFunctionDeclaration>(Assert.Single(chat.Options.Tools!), exactMatch: false);
        Assert.Equal(("weather", "Tells the weather."), (declared.Name, declared.Description));
        Assert.Equal("string", declared.JsonSchema.GetProperty("properties").GetProperty("city").GetProperty("type").GetString());
        Assert.Equal("weather", Assert.IsType<RequiredChatToolMode>(chat.Options.ToolMode).RequiredFunctionName);
        Assert.False(chat.Options.AllowMultipleToolCalls);
        Assert.Equal("a", Assert.IsType<ChatResponseFormatJson>(chat.Options.ResponseFormat).Schema!.Value.GetProperty("required")[0].GetString());
        Assert.Equal(ReasoningEffort.Medium, chat.Options.Reasoning!.Effort);
        Assert.Null(chat.Options.ModelId);
    }

    private static async Task<WireChat> SendAsync(List<ChatMessage> messages, ChatOptions? options = null)
    {
        await using var server = await AnthropicTestServer.StartAsync();
        using var client = server.ChatClient();
        var response = await client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken);
        Assert.Equal("Hello", response.Text);
        return server.Received!;
    }
}
