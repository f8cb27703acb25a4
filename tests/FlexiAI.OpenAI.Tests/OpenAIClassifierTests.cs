using System.Text.Json;

namespace FlexiAI.Tests;

/// <summary>The vendors' words, row by row, without a wire.</summary>
public sealed class OpenAIClassifierTests
{
    private static readonly ProviderOptions Entry = new OpenAICompatibleProvider();

    [Theory]
    [InlineData(401, "{}", FailureKind.Authentication)]
    [InlineData(403, "{}", FailureKind.Authentication)]
    [InlineData(400, """{"error":{"code":"invalid_api_key"}}""", FailureKind.Authentication)]
    [InlineData(400, """[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key."}}]""", FailureKind.Authentication)]
    [InlineData(400, """{"error":"Incorrect API key provided: xa***AB."}""", FailureKind.Authentication)]
    [InlineData(402, "{}", FailureKind.QuotaExhausted)]
    [InlineData(429, """{"error":{"code":"insufficient_quota"}}""", FailureKind.QuotaExhausted)]
    [InlineData(429, """{"error":{"code":"billing_not_active"}}""", FailureKind.QuotaExhausted)]
    [InlineData(400, """{"error":{"code":"billing_hard_limit_reached"}}""", FailureKind.QuotaExhausted)]
    [InlineData(403, """{"statusCode":403,"message":"Out of call volume quota. Quota will be replenished in 01:00:00."}""", FailureKind.QuotaExhausted)]
    [InlineData(429, """{"error":{"code":"rate_limit_exceeded"}}""", FailureKind.RateLimited)]
    [InlineData(429, "", FailureKind.RateLimited)]
    [InlineData(498, "{}", FailureKind.RateLimited)]
    [InlineData(408, "{}", FailureKind.ServerError)]
    [InlineData(500, "<h1>oops</h1>", FailureKind.ServerError)]
    [InlineData(529, "{}", FailureKind.ServerError)]
    [InlineData(404, """{"error":{"code":"model_not_found"}}""", FailureKind.ModelNotFound)]
    [InlineData(404, """{"error":{"code":"DeploymentNotFound"}}""", FailureKind.ModelNotFound)]
    [InlineData(410, "{}", FailureKind.ModelNotFound)]
    [InlineData(403, """{"error":{"code":"model_not_found"}}""", FailureKind.ModelNotFound)]
    [InlineData(400, """{"error":{"code":"model_not_found"}}""", FailureKind.ModelNotFound)]
    [InlineData(400, """{"error":{"code":"model_decommissioned"}}""", FailureKind.ModelNotFound)]
    [InlineData(400, """{"error":{"message":"Model Not Exist"}}""", FailureKind.ModelNotFound)]
    [InlineData(400, """{"error":{"message":"x/y is not a valid model ID","code":400}}""", FailureKind.ModelNotFound)]
    [InlineData(400, """{"error":{"code":"context_length_exceeded"}}""", FailureKind.ContextTooLong)]
    [InlineData(413, """{"error":{"code":"context_length_exceeded"}}""", FailureKind.ContextTooLong)]
    [InlineData(400, """{"object":"error","message":"This model's maximum context length is 4096 tokens."}""", FailureKind.ContextTooLong)]
    [InlineData(422, """{"message":"This model's maximum context length is 4096 tokens."}""", FailureKind.ContextTooLong)]
    [InlineData(400, """{"error":"This model's maximum prompt length is 131072"}""", FailureKind.ContextTooLong)]
    [InlineData(400, """{"error":{"message":"the request exceeds the available context size"}}""", FailureKind.ContextTooLong)]
    [InlineData(400, """{"error":{"message":"The prompt is too long: 9000"}}""", FailureKind.ContextTooLong)]
    [InlineData(413, """{"error":{"message":"Request too large for model `llama`","code":"rate_limit_exceeded"}}""", FailureKind.ContextTooLong)]
    [InlineData(400, """{"error":{"code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation"}}}""", FailureKind.ContentFiltered)]
    [InlineData(400, """{"error":{"innererror":{"code":"ResponsibleAIPolicyViolation"}}}""", FailureKind.ContentFiltered)]
    [InlineData(400, """{"error":{"code":"content_policy_violation"}}""", FailureKind.ContentFiltered)]
    [InlineData(400, """{"error":{"code":"invalid_prompt","message":"flagged as potentially violating our usage policy"}}""", FailureKind.ContentFiltered)]
    [InlineData(403, """{"error":{"code":403,"message":"Your input was flagged","metadata":{"reasons":["violence"]}}}""", FailureKind.ContentFiltered)]
    [InlineData(400, "{}", FailureKind.InvalidRequest)]
    [InlineData(405, "{}", FailureKind.InvalidRequest)]
    [InlineData(409, "{}", FailureKind.InvalidRequest)]
    [InlineData(413, "{}", FailureKind.InvalidRequest)]
    [InlineData(415, "{}", FailureKind.InvalidRequest)]
    [InlineData(422, "{}", FailureKind.InvalidRequest)]
    [InlineData(302, "", FailureKind.InvalidConfiguration)]
    public void AnErrorStatusAndItsBody_GiveTheKind(int status, string body, FailureKind kind) =>
        Assert.Equal(kind, Entry.Classify(new FailureEvidence(new InvalidOperationException("any"), status, headers: null, body)));

    [Theory]
    [InlineData("""{"code":"rate_limit_exceeded","type":"requests"}""", FailureKind.RateLimited)]
    [InlineData("""{"code":"insufficient_quota"}""", FailureKind.QuotaExhausted)]
    [InlineData("""{"type":"server_error","code":null}""", FailureKind.ServerError)]
    [InlineData("""{"type":"InternalServerError","code":500}""", FailureKind.ServerError)]
    [InlineData("""{"code":502,"message":"Provider disconnected"}""", FailureKind.ServerError)]
    [InlineData("""{"code":"429","message":"slow down"}""", FailureKind.RateLimited)]
    [InlineData("""{"code":"context_length_exceeded"}""", FailureKind.ContextTooLong)]
    [InlineData("""{"code":"content_filter"}""", FailureKind.ContentFiltered)]
    [InlineData("""{"type":"authentication_error"}""", FailureKind.Authentication)]
    [InlineData("""{"message":"something"}""", FailureKind.InvalidResponse)]
    [InlineData("\"something\"", FailureKind.InvalidResponse)]
    [InlineData("{}", FailureKind.InvalidResponse)]
    public void AnErrorInsideASuccess_HasTheKindThatItsOwnWordsName(string error, FailureKind kind)
    {
        using var document = JsonDocument.Parse(error);
        var exception = Assert.Throws<ErrorInReplyException>(() => ErrorInReplyException.ThrowIfError(document.RootElement));
        Assert.Equal(kind, Entry.Classify(new FailureEvidence(exception, statusCode: 200)));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("false")]
    public void AnErrorThatIsNone_IsNone(string error)
    {
        using var document = JsonDocument.Parse(error);
        ErrorInReplyException.ThrowIfError(document.RootElement);
    }

    // What the SDK threw for each of these bodies when it was tried.
#pragma warning disable MA0015, CA2201 // They are the SDK's parameters and the runtime's exceptions.
    public static TheoryData<Exception> ThrownAtASuccess =>
    [
        new ArgumentOutOfRangeException("index"), // no choices
        new ArgumentNullException("value"), // null
        new NullReferenceException(), // a choice without a message
        new InvalidOperationException("The requested operation requires an element of type 'Object'."), // an array
        new KeyNotFoundException(),
        new JsonException("'<' is an invalid start of a value."),
        new FormatException(),
        new System.ClientModel.ClientResultException("Service request failed. Status: 204 (No Content)"),
        new ArgumentOutOfRangeException("value", "weird", "Unknown ChatFinishReason value."),
    ];
#pragma warning restore MA0015, CA2201

    [Theory]
    [MemberData(nameof(ThrownAtASuccess))]
    public void WhateverTheSdkThrowsAtASuccess_IsAnInvalidResponse(Exception exception) =>
        Assert.Equal(FailureKind.InvalidResponse, Entry.Classify(new FailureEvidence(exception, statusCode: 200)));

    [Theory]
    [InlineData("error")]
    [InlineData("insufficient_system_resource")]
    public void AFinishReasonThatSaysTheServerFailed_IsAServerError(string reason) =>
        Assert.Equal(FailureKind.ServerError, Entry.Classify(new FailureEvidence(new ArgumentOutOfRangeException(nameof(reason), reason, "Unknown"), statusCode: 200)));

    [Fact]
    public void ATokenProviderThatFails_IsAuthentication_UnlessItsNetworkDoes()
    {
        Assert.Equal(FailureKind.Authentication, Kind(new AccessTokenException("x", innerException: null)));
        Assert.Equal(FailureKind.Authentication, Kind(new AccessTokenException("x", new InvalidOperationException())));
        Assert.Equal(FailureKind.Network, Kind(new AccessTokenException("x", new HttpRequestException(HttpRequestError.ConnectionError))));
        Assert.Equal(FailureKind.Timeout, Kind(new AccessTokenException("x", new TimeoutException())));

        static FailureKind Kind(Exception e) => ((ProviderOptions)new AzureOpenAIProvider()).Classify(new FailureEvidence(e));
    }
}
