using Anthropic.Exceptions;

namespace FlexiAI.Tests;

/// <summary>Anthropic's words, row by row, without a wire.</summary>
public sealed class AnthropicClassifierTests
{
    private static readonly ProviderOptions Entry = new AnthropicProvider();

    [Theory]
    [InlineData(401, "authentication_error", "invalid x-api-key", FailureKind.Authentication)]
    [InlineData(403, "permission_error", "no", FailureKind.Authentication)]
    [InlineData(402, "billing_error", "no", FailureKind.QuotaExhausted)]
    [InlineData(400, "invalid_request_error", "Your credit balance is too low to access the Anthropic API.", FailureKind.QuotaExhausted)]
    [InlineData(400, "invalid_request_error", "You have reached your specified API usage limits.", FailureKind.QuotaExhausted)]
    [InlineData(429, "rate_limit_error", "slow", FailureKind.RateLimited)]
    [InlineData(500, "api_error", "oops", FailureKind.ServerError)]
    [InlineData(504, "timeout_error", "oops", FailureKind.ServerError)]
    [InlineData(529, "overloaded_error", "Overloaded", FailureKind.ServerError)]
    [InlineData(404, "not_found_error", "model: claude-1", FailureKind.ModelNotFound)]
    [InlineData(400, "invalid_request_error", "prompt is too long: 200561 tokens > 200000 maximum", FailureKind.ContextTooLong)]
    [InlineData(413, "invalid_request_error", "Prompt is too long", FailureKind.ContextTooLong)]
    [InlineData(400, "invalid_request_error", "input length and `max_tokens` exceed context limit: 199000 + 8192 > 200000", FailureKind.ContextTooLong)]
    [InlineData(400, "invalid_request_error", "Output blocked by content filtering policy", FailureKind.ContentFiltered)]
    [InlineData(400, "invalid_request_error", "messages: at least one message is required", FailureKind.InvalidRequest)]
    [InlineData(413, "request_too_large", "Request exceeds the maximum size", FailureKind.InvalidRequest)]
    [InlineData(422, "invalid_request_error", "no", FailureKind.InvalidRequest)]
    public void AnErrorStatusAndItsBody_GiveTheKind(int status, string type, string message, FailureKind kind)
    {
        var body = $$$"""{"type":"error","error":{"type":"{{{type}}}","message":"{{{message}}}"},"request_id":"req_1"}""";
        Assert.Equal(kind, Entry.Classify(new FailureEvidence(new InvalidOperationException("any"), status, headers: null, body)));
    }

    [Fact]
    public void WhateverTheSdkThrowsAtASuccess_IsAnInvalidResponse()
    {
        Exception[] thrown =
        [
            new AnthropicInvalidDataException("'content' cannot be absent"),
            new System.Text.Json.JsonException("'<' is an invalid start of a value."),
            new InvalidOperationException(),
            new KeyNotFoundException(),
        ];
        Assert.All(thrown, e => Assert.Equal(FailureKind.InvalidResponse, Entry.Classify(new FailureEvidence(e, statusCode: 200))));
    }

    [Fact]
    public void AnIOExceptionOfTheSdk_IsWhatItHolds()
    {
        Assert.Equal(FailureKind.Network, Kind(new HttpRequestException(HttpRequestError.ConnectionError)));
        Assert.Equal(FailureKind.InvalidResponse, Kind(new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded)));

        static FailureKind Kind(HttpRequestException inner) => Entry.Classify(new FailureEvidence(new AnthropicIOException("I/O exception", inner)));
    }
}
