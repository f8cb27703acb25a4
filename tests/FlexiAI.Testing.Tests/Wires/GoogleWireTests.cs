using System.Text.Json.Nodes;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

public sealed class GoogleWireTests
{
    private const string Vertex = "/v1/projects/p/locations/us-central1/publishers/google/models/gemini-x";
    private const string Body = """{"systemInstruction":{"parts":[{"text":"Be kind."}]},"contents":[{"role":"user","parts":[{"text":"Hi "},{"text":"there"}]},{"role":"model","parts":[{"text":"Hello"}]},{"parts":[{"text":"Bye"}]}]}""";

    [Theory]
    [InlineData("/v1beta/models/gemini-x")]
    [InlineData(Vertex)]
    public async Task A_response_has_the_fields_of_the_reference(string path)
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Google, new() { Answer = "Hello you" });

        var reply = await Raw.SendJsonAsync(provider.Post(path + ":generateContent", Body));

        var candidate = reply["candidates"]![0]!;
        Assert.Equal(("model", "Hello you"), ((string?)candidate["content"]!["role"], (string?)candidate["content"]!["parts"]![0]!["text"]));
        Assert.Equal("STOP", (string?)candidate["finishReason"]);
        Assert.Equal("NEGLIGIBLE", (string?)candidate["safetyRatings"]![0]!["probability"]);
        var usage = reply["usageMetadata"]!;
        Assert.Equal((6, 2, 8), ((int)usage["promptTokenCount"]!, (int)usage["candidatesTokenCount"]!, (int)usage["totalTokenCount"]!));
        Assert.Equal("gemini-x", (string?)reply["modelVersion"]);
        Assert.NotEmpty((string?)reply["responseId"] ?? "");
    }

    [Fact]
    public async Task The_conversation_is_read_with_the_system_instruction()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Google);
        await Raw.SendTextAsync(provider.Post(Vertex + ":streamGenerateContent?alt=sse", Body));

        var request = provider.Requests[0];

        Assert.Equal((SimulatedOperation.Chat, "gemini-x", true), (request.Operation, request.Model, request.IsStreaming));
        Assert.Equal(
            [new("system", "Be kind."), new("user", "Hi there"), new("model", "Hello"), new("user", "Bye")], request.Messages);
    }

    [Theory]
    [InlineData("?alt=sse", "text/event-stream")]
    [InlineData("", "application/json")]
    public async Task A_stream_is_a_sequence_of_responses_the_last_with_the_finish_reason(string query, string contentType)
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Google, new() { Answer = "One two three" });

        using var response = await Raw.SendAsync(provider.Post($"/v1beta/models/gemini-x:streamGenerateContent{query}", Body));
        var body = await response.Content.ReadAsStringAsync(Raw.Token);
        var parts = query.Length > 0 ? Sse.Json(body) : [.. JsonNode.Parse(body)!.AsArray().Select(part => part!)];

        Assert.Equal(contentType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["One", " two", " three", ""], parts.Select(part => (string?)part["candidates"]![0]!["content"]!["parts"]![0]!["text"]));
        Assert.Equal([null, null, null, "STOP"], parts.Select(part => (string?)part["candidates"]![0]!["finishReason"]));
        Assert.Equal(9, (int)parts[^1]["usageMetadata"]!["totalTokenCount"]!);
    }

    [Theory]
    [InlineData("generateContent")]
    [InlineData("streamGenerateContent?alt=sse")]
    public async Task Function_calls_and_thoughts_are_parts(string method)
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Google);
        provider.Responder = _ => new SimulatedAnswer { Text = "Look", Reasoning = "Think", ToolCalls = [new("f", """{"a":1}""", "id-1")] };

        var body = await Raw.SendTextAsync(provider.Post($"/v1beta/models/m:{method}", Body));

        var replies = method.EndsWith("sse", StringComparison.Ordinal) ? Sse.Json(body) : [JsonNode.Parse(body)!];
        var parts = replies.SelectMany(reply => reply["candidates"]![0]!["content"]!["parts"]!.AsArray()).ToList();
        Assert.Equal((true, "Think"), ((bool?)parts[0]!["thought"], (string?)parts[0]!["text"]));
        Assert.Equal("Look", (string?)parts[1]!["text"]);
        Assert.Equal("""{"name":"f","args":{"a":1},"id":"id-1"}""", parts[2]!["functionCall"]!.ToJsonString());
    }

    [Fact]
    public async Task A_blocked_prompt_is_a_200_with_feedback_streamed_too()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Google);
        provider.Faults.Always(Fault.ContentFiltered());

        var whole = await Raw.SendJsonAsync(provider.Request());
        var streamed = Assert.Single(Sse.Json(await Raw.SendTextAsync(provider.Request(stream: true))));

        Assert.All([whole, streamed], reply => Assert.Equal("PROHIBITED_CONTENT", (string?)reply["promptFeedback"]!["blockReason"]));
        Assert.All([whole, streamed], reply => Assert.Null(reply["candidates"]));
    }

    [Fact]
    public async Task Models_are_listed_and_nothing_to_answer_is_an_error()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Google, new() { Model = "m" });

        var models = await Raw.SendJsonAsync(new HttpRequestMessage(HttpMethod.Get, provider.BaseUrl + "/v1beta/models"));
        var empty = await Raw.SendJsonAsync(provider.Post("/v1beta/models/m:generateContent", "{}"));

        Assert.Equal("models/m", (string?)models["models"]![0]!["name"]);
        Assert.Equal("INVALID_ARGUMENT", (string?)empty["error"]!["status"]);
    }
}
