using Microsoft.Extensions.AI;
using Chat = OpenAI.Chat;

#pragma warning disable OPENAI001 // Reasoning effort and seed are experimental in the SDK, not on the wire.

namespace FlexiAI.Tests;

/// <summary>What the official SDK sends, and what is made of it.</summary>
public sealed class OpenAIRequestTests
{
    private static readonly BinaryData Png = BinaryData.FromBytes(new byte[] { 1, 2, 3 });

    [Fact]
    public async Task A_conversation_with_every_role_and_kind_of_part_is_read()
    {
        var asked = await AskAsync(
        [
            new Chat.SystemChatMessage("Be brief."),
            new Chat.DeveloperChatMessage("Be kind."),
            new Chat.UserChatMessage(
                Chat.ChatMessageContentPart.CreateTextPart("Look: "),
                Chat.ChatMessageContentPart.CreateImagePart(Png, "image/png", Chat.ChatImageDetailLevel.Low),
                Chat.ChatMessageContentPart.CreateImagePart(new Uri("https://example.org/cat.jpg")),
                Chat.ChatMessageContentPart.CreateInputAudioPart(Png, Chat.ChatInputAudioFormat.Mp3),
                Chat.ChatMessageContentPart.CreateFilePart(Png, "application/pdf", "a.pdf")) { ParticipantName = "Ada" },
            new Chat.AssistantChatMessage([Chat.ChatToolCall.CreateFunctionToolCall("c1", "f", BinaryData.FromString("""{"x":1,"y":null}""")), Chat.ChatToolCall.CreateFunctionToolCall("c2", "g", BinaryData.FromString("not JSON"))]),
            new Chat.ToolChatMessage("c1", "one"),
            new Chat.ToolChatMessage("c2", Chat.ChatMessageContentPart.CreateTextPart("t"), Chat.ChatMessageContentPart.CreateTextPart("wo")),
            new Chat.AssistantChatMessage(Chat.ChatMessageContentPart.CreateRefusalPart("I can't.")),
            new Chat.UserChatMessage("Go on."),
        ]);

        var messages = asked.Messages;
        Assert.Equal([ChatRole.System, ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant, ChatRole.User], messages.Select(message => message.Role));
        Assert.Equal(("Be brief.", "Be kind.", "Ada"), (messages[0].Text, messages[1].Text, messages[2].AuthorName));
        Assert.Equal("Look: ", messages[2].Text);
        var image = Assert.IsType<DataContent>(messages[2].Contents[1]);
        Assert.Equal(("image/png", 3, "low"), (image.MediaType, image.Data.Length, image.AdditionalProperties!["detail"]));
        var link = Assert.IsType<UriContent>(messages[2].Contents[2]);
        Assert.Equal(("image/jpeg", "https://example.org/cat.jpg"), (link.MediaType, link.Uri.OriginalString));
        Assert.Equal(("audio/mpeg", 3), (Assert.IsType<DataContent>(messages[2].Contents[3]).MediaType, ((DataContent)messages[2].Contents[3]).Data.Length));
        Assert.Equal(("application/pdf", "a.pdf"), (Assert.IsType<DataContent>(messages[2].Contents[4]).MediaType, ((DataContent)messages[2].Contents[4]).Name));
        var calls = messages[3].Contents.OfType<FunctionCallContent>().ToList();
        Assert.Equal([("c1", "f"), ("c2", "g")], calls.Select(call => (call.CallId, call.Name)));
        Assert.Equal(("1", null), (calls[0].Arguments!["x"]!.ToString(), calls[0].Arguments!["y"]));
        Assert.NotNull(calls[1].Exception);
        Assert.Equal([("c1", "one"), ("c2", "two")], messages[4].Contents.Cast<FunctionResultContent>().Select(result => (result.CallId, (string)result.Result!)));
        Assert.Equal("I can't.", messages[5].Text);
    }

    [Fact]
    public async Task The_options_are_read()
    {
        var options = (await AskAsync([new Chat.UserChatMessage("Hi")], new Chat.ChatCompletionOptions
        {
            Temperature = 0.5f,
            TopP = 0.25f,
            FrequencyPenalty = -1,
            PresencePenalty = 1,
            MaxOutputTokenCount = 77,
            Seed = 42,
            StopSequences = { "END", "FIN" },
            ReasoningEffortLevel = Chat.ChatReasoningEffortLevel.High,
            AllowParallelToolCalls = false,
            EndUserId = "u",
            StoredOutputEnabled = true,
            Metadata = { ["k"] = "v" },
            Tools = { Chat.ChatTool.CreateFunctionTool("f", "Does f.", BinaryData.FromString("""{"type":"object","properties":{"x":{"type":"integer"}}}"""), true), Chat.ChatTool.CreateFunctionTool("g") },
            ToolChoice = Chat.ChatToolChoice.CreateFunctionChoice("f"),
            ResponseFormat = Chat.ChatResponseFormat.CreateJsonSchemaFormat("answer", BinaryData.FromString("""{"type":"object"}"""), "An answer.", true),
        })).Options;

        Assert.Equal((0.5f, 0.25f, -1f, 1f), (options.Temperature, options.TopP, options.FrequencyPenalty, options.PresencePenalty));
        Assert.Equal((77, 42L, false, null), (options.MaxOutputTokens, options.Seed, options.AllowMultipleToolCalls, options.ModelId));
        Assert.Equal(["END", "FIN"], options.StopSequences);
        Assert.Equal(ReasoningEffort.High, options.Reasoning!.Effort);
        var tools = options.Tools!.Cast<AIFunctionDeclaration>().ToList();
        Assert.Equal([("f", "Does f."), ("g", "")], tools.Select(tool => (tool.Name, tool.Description)));
        Assert.Equal(("integer", true), (tools[0].JsonSchema.GetProperty("properties").GetProperty("x").GetProperty("type").GetString(), tools[0].AdditionalProperties["strict"]));
        Assert.Equal("object", tools[1].JsonSchema.GetProperty("type").GetString());
        Assert.Equal("f", Assert.IsType<RequiredChatToolMode>(options.ToolMode).RequiredFunctionName);
        var format = Assert.IsType<ChatResponseFormatJson>(options.ResponseFormat);
        Assert.Equal(("answer", "An answer.", """{"type":"object"}"""), (format.SchemaName, format.SchemaDescription, format.Schema!.Value.GetRawText()));
    }

    [Fact]
    public async Task A_stream_of_the_SDK_asks_for_its_usage()
    {
        await using var server = await OpenAICallerServer.StartAsync();
        server.Updates = [new() { FinishReason = ChatFinishReason.Stop }];
        await foreach (var update in server.Chat.CompleteChatStreamingAsync([new Chat.UserChatMessage("Hi")], cancellationToken: OpenAICallerServer.Token))
        {
            Assert.NotNull(update);
        }

        Assert.True(server.Asked!.IncludeUsage);
    }

    [Theory]
    [InlineData("\"stop\":\"END\"", "END")]
    [InlineData("\"stop\":null", null)]
    public void One_stop_sequence_may_stand_alone(string field, string? expected) =>
        Assert.Equal(expected, OpenAIText.ReadWith(field).Options.StopSequences?.Single());

    [Theory]
    [InlineData("\"max_tokens\":5")]
    [InlineData("\"max_tokens\":5.0")]
    [InlineData("\"max_completion_tokens\":5")]
    [InlineData("\"max_tokens\":5,\"max_completion_tokens\":5")]
    public void Both_names_of_the_limit_of_tokens_are_read(string field) => Assert.Equal(5, OpenAIText.ReadWith(field).Options.MaxOutputTokens);

    [Fact]
    public void The_simpler_choices_of_tools_and_formats_are_read()
    {
        const string Tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";

        Assert.Same(ChatToolMode.None, OpenAIText.ReadWith($"{Tools},\"tool_choice\":\"none\"").Options.ToolMode);
        Assert.Same(ChatToolMode.Auto, OpenAIText.ReadWith($"{Tools},\"tool_choice\":\"auto\"").Options.ToolMode);
        Assert.Same(ChatToolMode.RequireAny, OpenAIText.ReadWith($"{Tools},\"tool_choice\":\"required\"").Options.ToolMode);
        Assert.Same(ChatResponseFormat.Text, OpenAIText.ReadWith("\"response_format\":{\"type\":\"text\"}").Options.ResponseFormat);
        Assert.Same(ChatResponseFormat.Json, OpenAIText.ReadWith("\"response_format\":{\"type\":\"json_object\"}").Options.ResponseFormat);
    }

    [Fact]
    public void Empty_text_beside_a_call_is_left_out_and_stays_where_it_is_all()
    {
        var messages = OpenAIText.Read(
            """{"messages":[{"role":"user","content":""},{"role":"assistant","content":"","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":""}}]}]}""").Messages;

        Assert.IsType<TextContent>(messages[0].Contents.Single());
        Assert.Empty(Assert.IsType<FunctionCallContent>(messages[1].Contents.Single()).Arguments!);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{\\\"x\\\":")]
    [InlineData("{\\\"x\\\":\\\"\\\\ud800\\\"}")]
    public void Arguments_that_are_no_valid_object_are_kept_as_an_error_of_the_call(string arguments)
    {
        var messages = OpenAIText.Read(
            $$$"""{"messages":[{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{{{arguments}}}"}}]}]}""").Messages;

        var call = Assert.IsType<FunctionCallContent>(messages[0].Contents.Single());
        Assert.Equal((true, null), (call.Exception is not null, call.Arguments));
    }

    [Fact]
    public void What_cannot_change_the_answer_is_accepted()
    {
        var options = OpenAIText.ReadWith(
            """
            "n":1,"logprobs":false,"top_logprobs":null,"logit_bias":{},"modalities":["text"],"verbosity":"medium","audio":null,"tools":[],"tool_choice":"auto",
            "user":"u","metadata":{"a":"b"},"store":false,"service_tier":"flex","prompt_cache_key":"k","safety_identifier":"s","of_some_vendor":{"x":[1]}
            """).Options;

        Assert.Null(options.Tools);
    }

    private static async Task<WireChat> AskAsync(Chat.ChatMessage[] messages, Chat.ChatCompletionOptions? options = null)
    {
        await using var server = await OpenAICallerServer.StartAsync(new TextContent("Hello"));
        await server.Chat.CompleteChatAsync(messages, options, OpenAICallerServer.Token);
        return server.Asked!;
    }
}
