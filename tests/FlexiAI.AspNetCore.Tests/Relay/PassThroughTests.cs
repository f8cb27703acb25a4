using System.Net;
using System.Text;
using System.Text.Json;
using FlexiAI.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

/// <summary>A request of a provider's own wire passes as it is.</summary>
public class PassThroughTests
{
    private const string Odd = """{ "x_unknown" : [1.50, 1e3, "\u00e4\/", {"a":null}], "model":"auto" ,"messages":[{"role":"user","content":"hi ä 😀"}], "seed":12345678901234567890, "max_tokens":9 }""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SimulatedWire.OpenAI, "/v1/chat/completions")]
    [InlineData(SimulatedWire.Anthropic, "/v1/messages")]
    public async Task Every_byte_of_the_request_but_the_model_reaches_the_provider(SimulatedWire wire, string path)
    {
        await using var provider = await SimulatedProvider.StartAsync(wire, new() { Name = "one" }, Stop);
        await using var gateway = await GatewayHost.StartAsync(provider);

        using var response = await gateway.PostAsync(path, Odd);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var request = Assert.Single(provider.Requests);
        Assert.Equal(Odd.Replace("\"auto\"", "\"one-model\"", StringComparison.Ordinal), request.Body);
        Assert.Equal(path, request.Path);
    }

    [Theory]
    [InlineData("""{"id":"c","weird":{"ä":[1.00,"\u00e4"]},"choices":[{"index":0,"x":1,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}   """)]
    [InlineData("""{ "choices" : [ {"message":{"content":"<&>"},"finish_reason":"x_new_reason"} ] , "usage":{"prompt_tokens":1}}""")]
    public async Task Every_byte_of_a_reply_reaches_the_caller(string reply)
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, new() { Name = "one" }, Stop);
        provider.Faults.Always(Fault.Status(200, reply));
        await using var gateway = await GatewayHost.StartAsync(provider);

        using var response = await gateway.PostAsync("/v1/chat/completions", """{"model":"one","messages":[]}""");

        Assert.Equal(reply, await response.Content.ReadAsStringAsync(Stop));
        Assert.Equal(["one"], response.Headers.GetValues("x-flexiai-provider"));
        Assert.Equal(["1"], response.Headers.GetValues("x-flexiai-attempts"));
        Assert.Single(response.Headers.GetValues("x-flexiai-request-id"));
    }

    [Fact]
    public async Task Every_byte_of_a_stream_reaches_the_caller()
    {
        const string Stream = ": begun\n\nid: 7\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"x\":1}}]}\n\n: \r\n\r\ndata:{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"ä\"}}]}\n\n\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}], \"new\":true}\n\ndata: [DONE]\n\n";
        await using var provider = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, new() { Name = "one" }, Stop);
        provider.Faults.Always(Fault.Status(200, Stream, "text/event-stream"));
        await using var gateway = await GatewayHost.StartAsync(provider);

        using var response = await gateway.PostAsync("/v1/chat/completions", """{"model":"one","stream":true,"messages":[]}""");

        Assert.Equal(Stream, await response.Content.ReadAsStringAsync(Stop));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_providers_refusal_of_the_request_reaches_the_caller_in_its_own_words_and_nobody_else_is_asked()
    {
        const string Refusal = """{"error":{"message":"Unsupported value","type":"invalid_request_error","param":"temperature","code":"unsupported_value","x":[1]}}""";
        await using var one = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, new() { Name = "one" }, Stop);
        await using var two = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, new() { Name = "two" }, Stop);
        one.Faults.Always(Fault.Status(400, Refusal));
        await using var gateway = await GatewayHost.StartAsync(one, two);

        using var response = await gateway.PostAsync("/v1/chat/completions", """{"model":"auto","messages":[]}""");

        Assert.Equal((HttpStatusCode)400, response.StatusCode);
        Assert.Equal(Refusal, await response.Content.ReadAsStringAsync(Stop));
        Assert.Empty(two.Requests);
    }

    [Fact]
    public async Task A_provider_that_fails_is_replaced_by_one_of_another_wire()
    {
        await using var one = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, new() { Name = "one" }, Stop);
        await using var two = await SimulatedProvider.StartAsync(SimulatedWire.Anthropic, new() { Name = "two", Answer = "from two" }, Stop);
        one.Faults.Always(Fault.Overloaded());
        await using var gateway = await GatewayHost.StartAsync(one, two);

        using var response = await gateway.PostAsync("/v1/chat/completions", """{"model":"auto","messages":[{"role":"user","content":"hi"}]}""");

        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop));
        Assert.Equal("from two", json.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(["two"], response.Headers.GetValues("x-flexiai-provider"));
        Assert.Equal("two-model", json.RootElement.GetProperty("model").GetString());
    }

    [Theory]
    [InlineData(SimulatedWire.OpenAI, "/v1/chat/completions", "data: {\"error\"")]
    [InlineData(SimulatedWire.Google, "/v1/chat/completions", "data: {\"error\"")]
    [InlineData(SimulatedWire.Anthropic, "/v1/messages", "event: error")]
    [InlineData(SimulatedWire.OpenAI, "/v1/messages", "event: error")]
    public async Task A_stream_that_breaks_off_ends_in_an_error_event_and_never_as_if_it_were_whole(SimulatedWire wire, string path, string expected)
    {
        await using var one = await SimulatedProvider.StartAsync(wire, new() { Name = "one", Answer = Words(60) }, Stop);
        one.Faults.Always(Fault.CutAfter(20));
        await using var gateway = await GatewayHost.StartAsync(one);

        using var response = await gateway.PostAsync(path, """{"model":"auto","stream":true,"max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""");
        var (text, cut) = await ReadToBreakAsync(response);

        Assert.NotNull(cut);
        Assert.Contains(expected, text.Split("\n\n")[^2], StringComparison.Ordinal);
        Assert.Contains("The answer was cut off after", text.Split("\n\n")[^2], StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("message_stop", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"stop\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_leaves_its_caller_time_to_read_why()
    {
        await using var one = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, new() { Name = "one", Answer = Words(60) }, Stop);
        one.Faults.Always(Fault.CutAfter(20));
        var time = new FakeTimeProvider();
        await using var gateway = await GatewayHost.StartAsync(
            GatewayHost.Options(GatewayHost.Entry(one)), services: services => services.AddSingleton<TimeProvider>(time));
        using var response = await gateway.PostAsync("/v1/chat/completions", """{"model":"auto","stream":true,"messages":[{"role":"user","content":"hi"}]}""");
        using var reader = new System.IO.StreamReader(await response.Content.ReadAsStreamAsync(Stop));

        while (await reader.ReadLineAsync(Stop) is { } line && !line.StartsWith("data: {\"error\"", StringComparison.Ordinal))
        {
        }

        var rest = reader.ReadToEndAsync(Stop);
        Assert.False(rest.IsCompleted);
        while (!rest.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        await Assert.ThrowsAnyAsync<IOException>(() => rest);
    }

    [Theory]
    [InlineData(SimulatedWire.OpenAI, SimulatedWire.OpenAI, "/v1/chat/completions")]
    [InlineData(SimulatedWire.OpenAI, SimulatedWire.Google, "/v1/chat/completions")]
    [InlineData(SimulatedWire.Anthropic, SimulatedWire.OpenAI, "/v1/messages")]
    [InlineData(SimulatedWire.Anthropic, SimulatedWire.Anthropic, "/v1/messages")]
    public async Task A_stream_that_breaks_off_is_taken_up_so_that_every_word_arrives_once(SimulatedWire first, SimulatedWire second, string path)
    {
        await using var one = await SimulatedProvider.StartAsync(first, new() { Name = "one", Answer = Words(60) }, Stop);
        await using var two = await SimulatedProvider.StartAsync(second, new() { Name = "two", Answer = Words(60) }, Stop);
        one.Faults.Always(Fault.CutAfter(20));
        var options = GatewayHost.Options(GatewayHost.Entry(one), GatewayHost.Entry(two, 2));
        options.StreamRecovery = StreamRecovery.Continue;
        await using var gateway = await GatewayHost.StartAsync(options);

        using var response = await gateway.PostAsync(path, """{"model":"auto","stream":true,"max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""");
        var text = await response.Content.ReadAsStringAsync(Stop);

        Assert.Equal(Words(60), TextOf(text));
        Assert.Contains(path == "/v1/messages" ? "message_stop" : "[DONE]", text.Split("\n\n")[^2], StringComparison.Ordinal);
        var served = Assert.Single(gateway.Services.GetRequiredService<StatusFeed>().ReadAll(new StatusWatcher()).Requests);
        Assert.Equal(("two", "two-model", ServedRequest.Success), (served.Provider, served.Model, served.Outcome));
    }

    [Theory]
    [InlineData(SimulatedWire.Google, "/v1/chat/completions", "[DONE]")]
    [InlineData(SimulatedWire.OpenAI, "/v1/messages", "message_stop")]
    public async Task Nothing_follows_the_end_of_a_translated_stream(SimulatedWire wire, string path, string end)
    {
        await using var one = await SimulatedProvider.StartAsync(wire, new() { Name = "one", Answer = Words(3) }, Stop);
        await using var gateway = await GatewayHost.StartAsync(one);

        using var response = await gateway.PostAsync(path, """{"model":"auto","stream":true,"max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""");
        var text = await response.Content.ReadAsStringAsync(Stop);

        Assert.Contains(end, text.Split("\n\n")[^2], StringComparison.Ordinal);
        Assert.Equal((1, 1), (gateway.Client.GetRequestStats().TotalRequests, gateway.Client.GetRequestStats().SuccessfulRequests));
    }

    [Fact]
    public async Task A_caller_that_leaves_in_mid_stream_ends_the_call_at_the_provider()
    {
        await using var one = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, new() { Name = "one", Answer = Words(60) }, Stop);
        one.Faults.Always(Fault.StallAfter(3));
        await using var gateway = await GatewayHost.StartAsync(one);
        var response = await gateway.PostAsync("/v1/chat/completions", """{"model":"auto","stream":true,"messages":[{"role":"user","content":"hi"}]}""");
        await using var body = await response.Content.ReadAsStreamAsync(Stop);
        Assert.NotEqual(0, await body.ReadAsync(new byte[1], Stop));

        response.Dispose();

        Assert.Equal(SimulatedEnding.ClientAborted, await one.Requests[0].WaitForEndAsync(Stop));
    }

    private static async Task<(string Text, Exception? Cut)> ReadToBreakAsync(HttpResponseMessage response)
    {
        using var read = new MemoryStream();
        await using var body = await response.Content.ReadAsStreamAsync(Stop);
        var cut = await Record.ExceptionAsync(() => body.CopyToAsync(read, Stop));
        return (Encoding.UTF8.GetString(read.ToArray()), cut);
    }

    private static string Words(int count) => string.Join(' ', Enumerable.Range(1, count).Select(i => $"word{i}"));

    private static string TextOf(string stream)
    {
        var text = new StringBuilder();
        foreach (var line in stream.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)))
        {
            using var json = JsonDocument.Parse(line["data: ".Length..]);
            if (json.RootElement.TryGetProperty("choices", out var choices) && choices.GetArrayLength() > 0)
            {
                text.Append(choices[0].GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : "");
            }
            else if (json.RootElement.TryGetProperty("delta", out var delta) && delta.TryGetProperty("text", out var told))
            {
                text.Append(told.GetString());
            }
        }

        return text.ToString();
    }
}
