using System.ClientModel;
using System.Text.Json.Nodes;
using OpenAI.Chat;

namespace FlexiAI.Tests;

public sealed class OpenAIErrorTests
{
    private static readonly WireError NoneAnswered = new(503, "all_providers_failed", "No provider answered.")
    {
        Attempts =
        [
            new Attempt { Provider = "a", Outcome = AttemptOutcome.Failure, Kind = FailureKind.RateLimited, StatusCode = 429, Reason = "Slow down", Duration = TimeSpan.FromMilliseconds(12.5) },
            new Attempt { Provider = "b", Outcome = AttemptOutcome.Skipped, SkipReason = SkipReason.CircuitOpen },
        ],
    };

    [Theory]
    [InlineData(400, "invalid_request_error")]
    [InlineData(401, "authentication_error")]
    [InlineData(403, "permission_error")]
    [InlineData(404, "invalid_request_error")]
    [InlineData(413, "invalid_request_error")]
    [InlineData(422, "invalid_request_error")]
    [InlineData(429, "rate_limit_error")]
    [InlineData(500, "server_error")]
    [InlineData(503, "server_error")]
    public async Task The_SDK_throws_with_the_status_and_the_message(int status, string type)
    {
        await using var server = await OpenAICallerServer.StartAsync();
        server.Error = new WireError(status, "a_code", "What went wrong.");

        var exception = await Assert.ThrowsAsync<ClientResultException>(() => server.Chat.CompleteChatAsync([new UserChatMessage("Hi")], cancellationToken: OpenAICallerServer.Token));

        Assert.Equal(status, exception.Status);
        Assert.Contains("What went wrong.", exception.Message, StringComparison.Ordinal);
        var error = JsonNode.Parse(exception.GetRawResponse()!.Content)!["error"]!;
        Assert.Equal((type, "a_code", (string?)null), ((string?)error["type"], (string?)error["code"], (string?)error["param"]));
        Assert.Null(error["attempts"]);
    }

    [Fact]
    public void Where_no_provider_answered_the_attempts_are_told() => Assert.Equal(
        """{"error":{"message":"No provider answered.","type":"server_error","param":null,"code":"all_providers_failed","attempts":["""
        + """{"provider":"a","outcome":"failure","kind":"rate_limited","status":429,"reason":"Slow down","duration_ms":12},"""
        + """{"provider":"b","outcome":"skipped","kind":null,"status":null,"reason":"circuit_open","duration_ms":0}]}}""",
        OpenAIText.Written(body => OpenAICallerWire.Instance.WriteError(body, NoneAnswered)));

    [Fact]
    public void An_error_within_a_stream_is_an_event_and_the_last()
    {
        var written = OpenAIText.Written(body => OpenAICallerWire.Instance.WriteErrorEvent(body, new WireError(502, "c", "Line one\nline two")));

        Assert.Equal("data: {\"error\":{\"message\":\"Line one\\nline two\",\"type\":\"server_error\",\"param\":null,\"code\":\"c\"}}\n\n", written);
    }
}
