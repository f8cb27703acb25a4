namespace FlexiAI.Tests;

/// <summary>Google's words, row by row, as its APIs send them.</summary>
public class GoogleFailuresTests
{
    [Theory]
    [InlineData(400, "API key not valid. Please pass a valid API key.", FailureKind.Authentication)]
    [InlineData(400, "API key expired. Please renew the API key.", FailureKind.Authentication)]
    [InlineData(400, "\"reason\": \"API_KEY_INVALID\"", FailureKind.Authentication)]
    [InlineData(400, "The input token count (1200293) exceeds the maximum number of tokens allowed (1048576).", FailureKind.ContextTooLong)]
    [InlineData(400, "the input token count is 1200293 but the model only supports up to 1048576", FailureKind.ContextTooLong)]
    [InlineData(400, "The input context is too long.", FailureKind.ContextTooLong)]
    [InlineData(400, "FAILED_PRECONDITION: Gemini API free tier is not available in your country.", FailureKind.InvalidConfiguration)]
    [InlineData(400, "User location is not supported for the API use.", FailureKind.InvalidConfiguration)]
    [InlineData(400, "Unsupported region for Vertex AI, select from …", FailureKind.InvalidConfiguration)]
    [InlineData(400, "FAILED_PRECONDITION: The File abc is not in an ACTIVE state and usage is not allowed.", FailureKind.InvalidRequest)]
    [InlineData(400, "Invalid value at 'contents'", FailureKind.InvalidRequest)]
    [InlineData(403, "\"reason\": \"BILLING_DISABLED\"", FailureKind.QuotaExhausted)]
    [InlineData(403, "This API method requires billing to be enabled.", FailureKind.QuotaExhausted)]
    [InlineData(403, "\"reason\": \"SERVICE_DISABLED\"", FailureKind.InvalidConfiguration)]
    [InlineData(403, "Generative Language API has not been used in project 1 before or it is disabled.", FailureKind.InvalidConfiguration)]
    [InlineData(403, "Permission 'aiplatform.endpoints.predict' denied", FailureKind.Authentication)]
    [InlineData(429, "\"quotaId\": \"GenerateRequestsPerDayPerProjectPerModel-FreeTier\"", FailureKind.QuotaExhausted)]
    [InlineData(429, "\"quotaMetric\": \"…/generate_requests_per_model_per_day\"", FailureKind.QuotaExhausted)]
    [InlineData(429, "Your prepayment credits are depleted.", FailureKind.QuotaExhausted)]
    [InlineData(429, "Your project has exceeded its monthly spending cap.", FailureKind.QuotaExhausted)]
    [InlineData(429, "\"quotaId\": \"GenerateContentInputTokensPerModelPerMinute-FreeTier\"", FailureKind.RateLimited)]
    [InlineData(429, "You exceeded your current quota, please check your plan and billing details.", FailureKind.RateLimited)]
    [InlineData(429, "Resource exhausted. Please try again later.", FailureKind.RateLimited)]
    [InlineData(404, "models/gemini-9 is not found for API version v1beta", FailureKind.ModelNotFound)]
    [InlineData(499, "The operation was cancelled.", FailureKind.ServerError)]
    [InlineData(503, "The model is overloaded. Please try again later. PerDay", FailureKind.ServerError)]
    public void Words_and_status_tell_the_kind(int status, string words, FailureKind kind)
    {
        foreach (ProviderOptions entry in (ProviderOptions[])[new GeminiProvider(), new VertexAIProvider()])
        {
            Assert.Equal(kind, entry.Classify(new FailureEvidence(new HttpRequestException(), status, body: words)));
        }
    }

    [Theory]
    [InlineData("INVALID_ARGUMENT", FailureKind.InvalidRequest)]
    [InlineData("FAILED_PRECONDITION", FailureKind.InvalidConfiguration)]
    [InlineData("UNAUTHENTICATED", FailureKind.Authentication)]
    [InlineData("PERMISSION_DENIED", FailureKind.Authentication)]
    [InlineData("NOT_FOUND", FailureKind.ModelNotFound)]
    [InlineData("ABORTED", FailureKind.InvalidRequest)]
    [InlineData("RESOURCE_EXHAUSTED", FailureKind.RateLimited)]
    [InlineData("CANCELLED", FailureKind.ServerError)]
    [InlineData("INTERNAL", FailureKind.ServerError)]
    [InlineData("UNIMPLEMENTED", FailureKind.ServerError)]
    [InlineData("UNAVAILABLE", FailureKind.ServerError)]
    [InlineData("DEADLINE_EXCEEDED", FailureKind.ServerError)]
    [InlineData("SOMETHING_NEW", FailureKind.InvalidResponse)]
    public void A_canonical_code_inside_a_success_tells_the_kind(string code, FailureKind kind)
    {
        using var error = System.Text.Json.JsonDocument.Parse($$"""{"status":"{{code}}","message":"Why"}""");
        var failure = GoogleApiException.OfErrorObject(error.RootElement);
        ProviderOptions entry = new GeminiProvider();
        Assert.Equal("Why", failure.Message);
        Assert.Equal(kind, entry.Classify(new FailureEvidence(failure, 200)));
    }
}
