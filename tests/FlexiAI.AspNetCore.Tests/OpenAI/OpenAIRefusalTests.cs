using System.ClientModel;
using System.Text;
using OpenAI.Chat;

namespace FlexiAI.Tests;

public sealed class OpenAIRefusalTests
{
    [Theory]
    [InlineData("\"n\":2", "n")]
    [InlineData("\"logprobs\":true", "logprobs")]
    [InlineData("\"top_logprobs\":3", "top_logprobs")]
    [InlineData("\"logit_bias\":{\"50256\":-100}", "logit_bias")]
    [InlineData("\"modalities\":[\"text\",\"audio\"]", "modalities")]
    [InlineData("\"audio\":{\"voice\":\"alloy\"}", "audio")]
    [InlineData("\"web_search_options\":{}", "web_search_options")]
    [InlineData("\"prediction\":{\"type\":\"content\"}", "prediction")]
    [InlineData("\"functions\":[]", "functions")]
    [InlineData("\"function_call\":\"auto\"", "function_call")]
    [InlineData("\"verbosity\":\"low\"", "verbosity")]
    [InlineData("\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"x\"}}]", "tools[0].type")]
    [InlineData("\"tool_choice\":{\"type\":\"allowed_tools\"}", "tool_choice.type")]
    public void What_no_other_wire_has_is_refused_and_said_to_work_with_OpenAIs(string field, string param)
    {
        var exception = Assert.Throws<WireException>(() => OpenAIText.ReadWith(field));

        Assert.Equal(param, exception.Param);
        Assert.StartsWith($"{param} is ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("It works with providers of OpenAI's wire.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"temperature\":3", "temperature")]
    [InlineData("\"temperature\":1e999", "temperature")]
    [InlineData("\"temperature\":\"warm\"", "temperature")]
    [InlineData("\"top_p\":-0.1", "top_p")]
    [InlineData("\"max_tokens\":0", "max_tokens")]
    [InlineData("\"max_tokens\":1.5", "max_tokens")]
    [InlineData("\"max_tokens\":99999999999999999999999999", "max_tokens")]
    [InlineData("\"max_tokens\":1,\"max_completion_tokens\":2", "max_tokens")]
    [InlineData("\"stop\":[1]", "stop[0]")]
    [InlineData("\"seed\":true", "seed")]
    [InlineData("\"stream\":\"yes\"", "stream")]
    [InlineData("\"stream_options\":[]", "stream_options")]
    [InlineData("\"reasoning_effort\":\"huge\"", "reasoning_effort")]
    [InlineData("\"response_format\":{\"type\":\"xml\"}", "response_format.type")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{}}", "response_format.json_schema.name")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":true}}", "response_format.json_schema.schema")]
    [InlineData("\"tools\":{}", "tools")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"\"}}]", "tools[0].function.name")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":[]}}]", "tools[0].function.parameters")]
    [InlineData("\"tool_choice\":\"required\"", "tool_choice")]
    [InlineData("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}", "tool_choice.function.name")]
    [InlineData("\"user\":\"\\ud800\"", "user")]
    [InlineData("\"metadata\":{\"a\":[\"\\uDC00\"]}", "metadata.a[0]")]
    public void What_is_not_valid_is_refused_by_the_name_of_its_field(string field, string param) =>
        Assert.Equal(param, Assert.Throws<WireException>(() => OpenAIText.ReadWith(field)).Param);

    [Theory]
    [InlineData("[]", "messages")]
    [InlineData("\"Hi\"", "messages")]
    [InlineData("null", "messages")]
    [InlineData("[\"Hi\"]", "messages[0]")]
    [InlineData("[{\"content\":\"Hi\"}]", "messages[0].role")]
    [InlineData("[{\"role\":\"robot\",\"content\":\"Hi\"}]", "messages[0].role")]
    [InlineData("[{\"role\":\"function\",\"name\":\"f\",\"content\":\"Hi\"}]", "messages[0].role")]
    [InlineData("[{\"role\":\"user\"}]", "messages[0].content")]
    [InlineData("[{\"role\":\"user\",\"content\":[]}]", "messages[0].content")]
    [InlineData("[{\"role\":\"assistant\",\"content\":null}]", "messages[0].content")]
    [InlineData("[{\"role\":\"system\",\"content\":[{\"type\":\"image_url\"}]}]", "messages[0].content[0].type")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"type\":\"video\"}]}]", "messages[0].content[0].type")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"ftp://x/y\"}}]}]", "messages[0].content[0].image_url.url")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,?\"}}]}]", "messages[0].content[0].image_url.url")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"?\",\"format\":\"wav\"}}]}]", "messages[0].content[0].input_audio.data")]
    [InlineData("[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"f\"}}]}]", "messages[0].content[0].file.file_id")]
    [InlineData("[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{}}]}]", "messages[0].tool_calls[0].function.name")]
    [InlineData("[{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"Hi\"}]", "messages[0].tool_call_id")]
    public void A_message_that_is_not_valid_is_refused_by_its_place(string messages, string param) =>
        Assert.Equal(param, Assert.Throws<WireException>(() => OpenAIText.Read($$"""{"messages":{{messages}}}""")).Param);

    [Theory]
    [InlineData("{\"messages\":")]
    [InlineData("{} {}")]
    [InlineData("[]")]
    public void A_body_that_is_no_object_is_refused(string body) => Assert.Throws<WireException>(() => OpenAIText.Read(body));

    [Fact]
    public void A_body_nested_too_deeply_or_not_of_UTF8_is_refused()
    {
        Assert.Throws<WireException>(() => OpenAIText.ReadWith($"\"x\":{new string('[', 5000)}{new string(']', 5000)}"));
        Assert.Throws<WireException>(() => OpenAICallerWire.Instance.ReadChat(Encoding.Latin1.GetBytes("""{"messages":[{"role":"user","content":"é"}]}""")));
    }

    [Fact]
    public async Task The_SDK_tells_which_field_was_refused()
    {
        await using var server = await OpenAICallerServer.StartAsync();

        var exception = await Assert.ThrowsAsync<ClientResultException>(() => server.Chat.CompleteChatAsync(
            [new UserChatMessage("Hi")], new ChatCompletionOptions { IncludeLogProbabilities = true }, OpenAICallerServer.Token));

        Assert.Equal(400, exception.Status);
        Assert.Contains("Parameter: logprobs", exception.Message, StringComparison.Ordinal);
        Assert.Contains("it must be false", exception.Message, StringComparison.Ordinal);
    }
}
