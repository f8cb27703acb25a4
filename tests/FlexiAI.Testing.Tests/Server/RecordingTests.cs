using FlexiAI.Testing;

namespace FlexiAI.Tests;

public sealed class RecordingTests
{
    [Fact]
    public async Task A_request_is_recorded_as_it_was_sent()
    {
        var time = new SteppedTime();
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI, new() { TimeProvider = time });
        time.Advance(TimeSpan.FromSeconds(5));
        using var message = provider.Post("/v1/chat/completions?trace=1", """{"model":"m-1","stream":true,"messages":[{"role":"user","content":[{"type":"text","text":"Grüße"}]}]}""");
        message.Headers.Add("Authorization", "Bearer a-key");
        (await Raw.SendAsync(message)).Dispose();

        var request = Assert.Single(provider.Requests);

        Assert.Equal((1, "POST", "/v1/chat/completions", "?trace=1"), (request.Number, request.Method, request.Path, request.Query));
        Assert.Equal("Bearer a-key", request.Headers["authorization"]);
        Assert.Equal("m-1", request.Json!.Value.GetProperty("model").GetString());
        Assert.Contains("Grüße", request.Body, StringComparison.Ordinal);
        Assert.Equal((SimulatedOperation.Chat, "m-1", true), (request.Operation, request.Model, request.IsStreaming));
        Assert.Equal(new SimulatedMessage("user", "Grüße"), Assert.Single(request.Messages));
        Assert.Equal((time.GetUtcNow(), time.GetTimestamp()), (request.ReceivedAt, request.Timestamp));
        Assert.Equal((SimulatedEnding.Answered, 200, null), (await request.WaitForEndAsync(Raw.Token), request.Status, request.Fault));
        Assert.DoesNotContain("a-key", request.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_requests_ends_when_the_last_of_them_arrives()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Anthropic);
        var waiting = provider.WaitForRequestsAsync(2, Raw.Token);
        (await Raw.SendAsync(provider.Request())).Dispose();
        Assert.False(waiting.IsCompleted);

        (await Raw.SendAsync(provider.Request())).Dispose();

        await waiting;
        await provider.WaitForRequestsAsync(2, Raw.Token);
        Assert.Equal([1, 2], provider.Requests.Select(request => request.Number));
    }

    [Fact]
    public async Task Waiting_for_requests_can_be_given_up()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Anthropic);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => provider.WaitForRequestsAsync(1, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_hundred_concurrent_requests_are_all_recorded_and_answered_each_with_its_own_answer()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI, new() { Responder = request => request.Model });
        using var http = new HttpClient();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            using var response = await http.SendAsync(provider.Request(stream: i % 2 == 0, model: $"model-{i}"), Raw.Token);
            return (i, Text: await response.Content.ReadAsStringAsync(Raw.Token));
        }));

        Assert.All(answers, answer => Assert.Contains($"\"content\":\"model-{answer.i}\"", answer.Text, StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(1, 100), provider.Requests.Select(request => request.Number));
    }

    [Fact]
    public async Task Answer_and_responder_can_change_between_requests()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI, new() { Name = "primary" });
        var first = await ContentAsync(provider);
        provider.Answer = "Second";
        var second = await ContentAsync(provider);
        provider.Responder = _ => "Third";
        var third = await ContentAsync(provider);
        provider.Responder = null;

        Assert.Equal(["Hello from primary", "Second", "Third", "Second"], [first, second, third, await ContentAsync(provider)]);
    }

    [Fact]
    public async Task A_responder_that_throws_is_told_in_the_reply()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Google, new() { Responder = _ => throw new InvalidOperationException("oops") });

        var reply = await Raw.SendJsonAsync(provider.Request());

        Assert.Equal("The responder failed: oops", (string?)reply["error"]!["message"]);
        Assert.Equal(SimulatedEnding.Refused, await provider.Requests[0].WaitForEndAsync(Raw.Token));
    }

    private static async Task<string?> ContentAsync(SimulatedProvider provider) =>
        (string?)(await Raw.SendJsonAsync(provider.Request()))["choices"]![0]!["message"]!["content"];
}
