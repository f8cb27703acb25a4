using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>The bytes that the SDK hides.</summary>
public sealed class OpenAIWireTests
{
    private const string Messages = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi there\"}]";

    [Fact]
    public async Task A_completion_has_the_fields_and_headers_of_the_reference()
    {
        var time = new SteppedTime();
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI, new() { Answer = "Hello", TimeProvider = time });

        using var response = await Raw.SendAsync(provider.Request());
        var body = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync(Raw.Token))!;

        Assert.Equal(("chat.completion", "a-model"), ((string?)body["object"], (string?)body["model"]));
        Assert.StartsWith("chatcmpl-", (string?)body["id"], StringComparison.Ordinal);
        Assert.Equal(time.GetUtcNow().ToUnixTimeSeconds(), (long)body["created"]!);
        var choice = body["choices"]![0]!;
        Assert.Equal(("assistant", "Hello", "stop"), ((string?)choice["message"]!["role"], (string?)choice["message"]!["content"], (string?)choice["finish_reason"]));
        Assert.Equal((4, 1, 5), ((int)body["usage"]!["prompt_tokens"]!, (int)body["usage"]!["completion_tokens"]!, (int)body["usage"]!["total_tokens"]!));
        Assert.StartsWith("req_", Assert.Single(response.Headers.GetValues("x-request-id")), StringComparison.Ordinal);
        Assert.Equal("2020-10-01", Assert.Single(response.Headers.GetValues("openai-version")));
        Assert.Equal("9999", Assert.Single(response.Headers.GetValues("x-ratelimit-remaining-requests")));
    }

    [Fact]
    public async Task A_stream_is_role_tokens_finish_reason_and_done()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI, new() { Answer = "Hello there" });

        using var response = await Raw.SendAsync(provider.Request(stream: true));
        var body = await response.Content.ReadAsStringAsync(Raw.Token);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var chunks = Sse.Json(body);
        Assert.Equal("assistant", (string?)chunks[0]["choices"]![0]!["delta"]!["role"]);
        Assert.Equal(["", "Hello", " there", null], chunks.Select(chunk => (string?)chunk["choices"]![0]!["delta"]!["content"]));
        Assert.Equal([null, null, null, "stop"], chunks.Select(chunk => (string?)chunk["choices"]![0]!["finish_reason"]));
        Assert.All(chunks, chunk => Assert.False(chunk.AsObject().ContainsKey("usage")));
        Assert.Single(chunks.Select(chunk => (string?)chunk["id"]).Distinct());
        Assert.Equal("[DONE]", Sse.Data(body)[^1]);
    }

    [Fact]
    public async Task Usage_comes_in_a_last_chunk_without_choices_when_asked_for()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI);

        var body = await Raw.SendTextAsync(provider.Post(
            "/v1/chat/completions", "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}," + Messages + "}"));

        var chunks = Sse.Json(body);
        Assert.All(chunks.SkipLast(1), chunk => Assert.Null(chunk["usage"]));
        Assert.Empty(chunks[^1]["choices"]!.AsArray());
        Assert.Equal(2 + 3, (int)chunks[^1]["usage"]!["total_tokens"]!);
    }

    [Fact]
    public async Task Several_choices_come_each_with_its_index()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI);

        var whole = await Raw.SendJsonAsync(provider.Post("/v1/chat/completions", "{\"model\":\"m\",\"n\":3," + Messages + "}"));
        var streamed = Sse.Json(await Raw.SendTextAsync(provider.Post("/v1/chat/completions", "{\"model\":\"m\",\"n\":2,\"stream\":true," + Messages + "}")));

        Assert.Equal([0, 1, 2], whole["choices"]!.AsArray().Select(choice => (int)choice!["index"]!));
        foreach (var index in new[] { 0, 1 })
        {
            Assert.Equal("Hello from openai", string.Concat(streamed.Select(chunk => chunk["choices"]![0]!)
                .Where(choice => (int)choice["index"]! == index).Select(choice => (string?)choice["delta"]!["content"])));
        }
    }

    [Fact]
    public async Task Arguments_of_a_tool_are_streamed_in_pieces()
    {
        const string Arguments = """{"city":"Wien","country":"Austria"}""";
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI);
        provider.Responder = _ => new SimulatedAnswer { ToolCalls = [new("get_weather", Arguments)] };

        var deltas = Sse.Json(await Raw.SendTextAsync(provider.Request(stream: true)))
            .Select(chunk => chunk["choices"]![0]!["delta"]!["tool_calls"]?[0]).OfType<System.Text.Json.Nodes.JsonNode>().ToList();

        Assert.Equal("get_weather", (string?)deltas[0]["function"]!["name"]);
        Assert.StartsWith("call_", (string?)deltas[0]["id"], StringComparison.Ordinal);
        Assert.True(deltas.Count > 3);
        Assert.Equal(Arguments, string.Concat(deltas.Select(delta => (string?)delta["function"]!["arguments"])));
    }

    [Theory]
    [InlineData("/openai/v1/chat/completions")]
    [InlineData("/api/v1/chat/completions")]
    public async Task Azure_and_compatible_servers_prefixes_work(string path)
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI, new() { RequiredApiKey = "azure-key" });
        using var request = provider.Post(path, "{\"model\":\"m\"," + Messages + "}");
        request.Headers.Add("api-key", "azure-key");

        using var response = await Raw.SendAsync(request);

        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Models_are_listed_and_an_unknown_path_is_an_error()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI, new() { Model = "the-model" });

        var models = await Raw.SendJsonAsync(new HttpRequestMessage(HttpMethod.Get, provider.BaseUrl + "/models"));
        var unknown = await Raw.SendJsonAsync(new HttpRequestMessage(HttpMethod.Get, provider.BaseUrl + "/nothing"));

        Assert.Equal("the-model", (string?)models["data"]![0]!["id"]);
        Assert.Equal("Invalid URL (GET /v1/nothing)", (string?)unknown["error"]!["message"]);
        Assert.Equal(SimulatedOperation.Unknown, provider.Requests[1].Operation);
    }

    [Theory]
    [InlineData("not json", "We could not parse the JSON body of your request.")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}]}""", "you must provide a model parameter")]
    [InlineData("""{"model":"m"}""", "Missing required parameter: 'messages'.")]
    public async Task A_bad_request_is_refused(string body, string message)
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI);

        using var response = await Raw.SendAsync(provider.Post("/v1/chat/completions", body));

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains(message, await response.Content.ReadAsStringAsync(Raw.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_are_the_same_in_every_run_and_differ_between_requests()
    {
        var ids = new List<string?>();
        for (var run = 0; run < 2; run++)
        {
            await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI, new() { Name = "same" });
            ids.Add((string?)(await Raw.SendJsonAsync(provider.Request()))["id"]);
            ids.Add((string?)(await Raw.SendJsonAsync(provider.Request()))["id"]);
        }

        Assert.Equal(ids[..2], ids[2..]);
        Assert.NotEqual(ids[0], ids[1]);
    }
}
