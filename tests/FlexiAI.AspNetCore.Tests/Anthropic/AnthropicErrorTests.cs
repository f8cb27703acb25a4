using Anthropic.Exceptions;
using Microsoft.Extensions.AI;
using static FlexiAI.Tests.AnthropicWireText;

namespace FlexiAI.Tests;

/// <summary>Errors, as Anthropic's SDK and the wire's text show them.</summary>
public sealed class AnthropicErrorTests
{
    [Theory]
    [InlineData(400, "invalid_request_error", typeof(AnthropicBadRequestException))]
    [InlineData(401, "authentication_error", typeof(AnthropicUnauthorizedException))]
    [InlineData(402, "billing_error", typeof(AnthropicPaymentRequiredException))]
    [InlineData(403, "permission_error", typeof(AnthropicForbiddenException))]
    [InlineData(404, "not_found_error", typeof(AnthropicNotFoundException))]
    [InlineData(408, "timeout_error", typeof(AnthropicRequestTimeoutException))]
    [InlineData(413, "request_too_large", typeof(AnthropicContentTooLargeException))]
    [InlineData(422, "invalid_request_error", typeof(AnthropicUnprocessableEntityException))]
    [InlineData(429, "rate_limit_error", typeof(AnthropicRateLimitException))]
    [InlineData(500, "api_error", typeof(Anthropic5xxException))]
    [InlineData(502, "api_error", typeof(Anthropic5xxException))]
    [InlineData(503, "overloaded_error", typeof(AnthropicServiceUnavailableException))]
    [InlineData(504, "timeout_error", typeof(AnthropicGatewayTimeoutException))]
    [InlineData(529, "overloaded_error", typeof(AnthropicOverloadedException))]
    public async Task AStatusHasAnthropicsWordAndTheSdksException(int status, string type, Type exception)
    {
        await using var server = await AnthropicTestServer.StartAsync();
        server.Error = new WireError(status, "any", "What is wrong.");

        using var client = server.ChatClient();
        var thrown = await Assert.ThrowsAsync(
            exception, () => client.GetResponseAsync("Hello", cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains($"\"type\":\"{type}\",\"message\":\"What is wrong.\"", ((AnthropicApiException)thrown).ResponseBody, StringComparison.Ordinal);
    }

    [Fact]
    public void AttemptsAreToldWithinTheError()
    {
        var error = new WireError(503, "all_failed", "Every provider failed.")
        {
            Attempts =
            [
                new Attempt
                {
                    Provider = "a", Outcome = AttemptOutcome.Failure, Kind = FailureKind.RateLimited, StatusCode = 429, Reason = "slow",
                    Duration = TimeSpan.FromMilliseconds(12.7),
                },
                new Attempt { Provider = "b", Outcome = AttemptOutcome.Skipped, SkipReason = SkipReason.CircuitOpen },
            ],
        };

        Assert.Equal(
            """
            {"type":"error","error":{"type":"overloaded_error","message":"Every provider failed.","attempts":[{"provider":"a","outcome":"failure","kind":"rate_limited","status":429,"reason":"slow","duration_ms":12},{"provider":"b","outcome":"skipped","kind":"circuit_open","duration_ms":0}]},"request_id":null}
            """,
            Written(output => AnthropicCallerWire.Instance.WriteError(output, error)));
    }

    [Fact]
    public void AnErrorEventIsOneFrame_AndTheFieldIsInItsMessageOnce()
    {
        Assert.Equal("top_k: No.", Message(new WireError(400, "invalid", "No.") { Param = "top_k" }));
        Assert.Equal("top_k is 7.", Message(new WireError(400, "invalid", "top_k is 7.") { Param = "top_k" }));

        static string? Message(WireError error)
        {
            var (name, data) = Assert.Single(Split(Written(output => AnthropicCallerWire.Instance.WriteErrorEvent(output, error))));
            Assert.Equal("error", name);
            return data.GetProperty("error").GetProperty("message").GetString();
        }
    }

    [Fact]
    public async Task WhatCannotBeCarriedOverIsABadRequestThatSaysSo()
    {
        await using var server = await AnthropicTestServer.StartAsync();
        using var client = server.ChatClient();
        var thrown = await Assert.ThrowsAsync<AnthropicBadRequestException>(() => client.GetResponseAsync(
            "Hello", new ChatOptions { Tools = [new HostedWebSearchTool()] }, TestContext.Current.CancellationToken));

        Assert.Contains("tools[0].type", thrown.ResponseBody, StringComparison.Ordinal);
        Assert.Contains("works with providers of Anthropic's wire", thrown.ResponseBody, StringComparison.Ordinal);
    }
}
