using System.Text.Json.Nodes;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

public sealed class AnthropicWireTests
{
    [Fact]
    public async Task A_message_has_the_fields_and_headers_of_the_reference()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Anthropic, new() { Answer = "Hello" });

        using var response = await Raw.SendAsync(provider.Request());
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(Raw.Token))!;

        Assert.StartsWith("msg_", (string?)body["id"], StringComparison.Ordinal);
        Assert.Equal(("message", "assistant", "a-model"), ((string?)body["type"], (string?)body["role"], (string?)body["model"]));
        Assert.Equal(("text", "Hello"), ((string?)body["content"]![0]!["type"], (string?)body["content"]![0]!["text"]));
        Assert.Equal("end_turn", (string?)body["stop_reason"]);
        Assert.Equal((4, 1), ((int)body["usage"]!["input_tokens"]!, (int)body["usage"]!["output_tokens"]!));
        Assert.StartsWith("req_", Assert.Single(response.Headers.GetValues("request-id")), StringComparison.Ordinal);
        Assert.NotEmpty(response.Headers.GetValues("anthropic-ratelimit-requests-reset"));
    }

    [Fact]
    public async Task A_stream_has_the_events_of_the_reference_in_their_order()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Anthropic);
        provider.Responder = _ => new SimulatedAnswer { Text = "One two", ToolCalls = [new("t", "{\"a\":1}")] };

        var body = await Raw.SendTextAsync(provider.Request(stream: true));

        Assert.Equal(
            [
                "message_start", "ping",
                "content_block_start", "content_block_delta", "content_block_delta", "content_block_stop",
                "content_block_start", "content_block_delta", "content_block_delta", "content_block_stop",
                "message_delta", "message_stop",
            ],
            Sse.EventNames(body));
        var events = Sse.Json(body);
        Assert.Equal(Sse.EventNames(body), events.Select(data => (string?)data["type"]));
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1], events[2..^2].Select(data => (int)data["index"]!));
        Assert.Equal("{\"a\":1}", string.Concat(events.Select(data => (string?)data["delta"]?["partial_json"])));
        Assert.Equal("tool_use", (string?)events[^2]["delta"]!["stop_reason"]);
    }

    [Fact]
    public async Task A_stream_without_content_has_no_block()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Anthropic);
        provider.Faults.Always(Fault.NoChoices());

        Assert.Equal(["message_start", "ping", "message_stop"], Sse.EventNames(await Raw.SendTextAsync(provider.Request(stream: true))));
    }

    [Fact]
    public async Task An_error_carries_the_request_id_of_its_header()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Anthropic);
        provider.Faults.Next(Fault.Overloaded());

        using var response = await Raw.SendAsync(provider.Request());
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(Raw.Token))!;

        Assert.Equal(Assert.Single(response.Headers.GetValues("request-id")), (string?)body["request_id"]);
        Assert.Equal(("error", "overloaded_error"), ((string?)body["type"], (string?)body["error"]!["type"]));
    }

    [Theory]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}]}""", "max_tokens: Field required")]
    [InlineData("""{"max_tokens":1,"messages":[{"role":"user","content":"x"}]}""", "model: Field required")]
    [InlineData("""{"model":"m","max_tokens":1,"system":"s","messages":[]}""", "messages: at least one message is required")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"so "}]}""", "trailing whitespace")]
    public async Task A_bad_request_is_refused(string body, string message)
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Anthropic);
        using var request = provider.Post("/v1/messages", body);
        request.Headers.Add("anthropic-version", "2023-06-01");

        using var response = await Raw.SendAsync(request);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains(message, await response.Content.ReadAsStringAsync(Raw.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_header_is_required()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Anthropic);
        using var request = provider.Request();
        request.Headers.Remove("anthropic-version");

        Assert.Equal("anthropic-version: header is required", (string?)(await Raw.SendJsonAsync(request))["error"]!["message"]);
    }

    [Fact]
    public async Task Models_are_listed()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Anthropic, new() { Model = "the-model" });

        var models = await Raw.SendJsonAsync(new HttpRequestMessage(HttpMethod.Get, provider.BaseUrl + "/v1/models"));

        Assert.Equal("the-model", (string?)models["data"]![0]!["id"]);
    }
}
