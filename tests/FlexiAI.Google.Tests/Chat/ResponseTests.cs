using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>What a reply means, whole and as the only event of a stream.</summary>
public class ResponseTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reply_is_read_with_everything_it_says(bool streamed)
    {
        var response = await ReadAsync(
            """
            {"candidates":[{"content":{"role":"model","parts":[
                {"text":"Let me think.","thought":true},{"text":"Hello"},
                {"inlineData":{"mimeType":"image/png","data":"AQID"}},
                {"fileData":{"mimeType":"video/mp4","fileUri":"gs://bucket/v.mp4"}},
                {"text":""},{"executableCode":{"code":"1+1"}}]},"finishReason":"STOP","index":0}],
             "usageMetadata":{"promptTokenCount":10,"toolUsePromptTokenCount":3,"cachedContentTokenCount":4,"candidatesTokenCount":5,"thoughtsTokenCount":7,"totalTokenCount":25},
             "modelVersion":"gemini-2.5-flash-001","responseId":"r-1","createTime":"2026-01-01T00:00:00Z"}
            """,
            streamed);
        Assert.Equal("Hello", response.Text);
        Assert.Equal("Let me think.", Assert.Single(response.Messages[0].Contents.OfType<TextReasoningContent>()).Text);
        var picture = Assert.Single(response.Messages[0].Contents.OfType<DataContent>());
        Assert.Equal(("image/png", "AQID"), (picture.MediaType, picture.Base64Data.ToString()));
        Assert.Equal("gs://bucket/v.mp4", Assert.Single(response.Messages[0].Contents.OfType<UriContent>()).Uri.OriginalString);
        Assert.Equal((ChatFinishReason.Stop, "gemini-2.5-flash-001", "r-1"), (response.FinishReason!.Value, response.ModelId, response.ResponseId));
        Assert.Equal(ChatRole.Assistant, response.Messages[0].Role);
        var usage = response.Usage!;
        Assert.Equal((13, 12, 25), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
        Assert.Equal((4, 7), (usage.CachedInputTokenCount, usage.ReasoningTokenCount));
    }

    [Fact]
    public async Task The_reply_itself_can_be_looked_at()
    {
        var response = await ReadAsync(
            """{"candidates":[{"content":{"parts":[{"text":"Hi"}]},"finishReason":"STOP","groundingMetadata":{"webSearchQueries":["x"]}}]}""", streamed: false);
        var raw = Assert.IsType<JsonElement>(response.RawRepresentation);
        Assert.Equal("x", raw.GetProperty("candidates")[0].GetProperty("groundingMetadata").GetProperty("webSearchQueries")[0].GetString());
    }

    [Theory]
    [InlineData("STOP", "stop")]
    [InlineData("MAX_TOKENS", "length")]
    [InlineData("SAFETY", "content_filter")]
    [InlineData("RECITATION", "content_filter")]
    [InlineData("BLOCKLIST", "content_filter")]
    [InlineData("PROHIBITED_CONTENT", "content_filter")]
    [InlineData("SPII", "content_filter")]
    [InlineData("IMAGE_SAFETY", "content_filter")]
    [InlineData("OTHER", "other")]
    [InlineData("FINISH_REASON_UNSPECIFIED", null)]
    public async Task Each_finish_reason_means(string reason, string? meaning)
    {
        foreach (var streamed in (bool[])[false, true])
        {
            var response = await ReadAsync(
                $$$"""{"candidates":[{"content":{"parts":[{"text":"Hi"}]},"finishReason":"{{{reason}}}"}]}""", streamed);
            Assert.Equal(meaning, response.FinishReason?.Value);
            Assert.Null(response.Usage);
        }
    }

    [Theory]
    [InlineData("""{"promptFeedback":{"blockReason":"SAFETY"},""", "The prompt was blocked: SAFETY.")]
    [InlineData("""{"promptFeedback":{"blockReason":"SAFETY","blockReasonMessage":"Too wild."},""", "The prompt was blocked: SAFETY. Too wild.")]
    [InlineData("""{"candidates":[{"finishReason":"SAFETY"}],""", "The answer was stopped: SAFETY.")]
    [InlineData("""{"candidates":[{"finishReason":"SAFETY","finishMessage":"Too wild."}],""", "The answer was stopped: SAFETY. Too wild.")]
    public async Task A_refusal_is_a_filtered_answer_that_holds_the_reason_alone(string reply, string reason)
    {
        foreach (var streamed in (bool[])[false, true])
        {
            var response = await ReadAsync(reply + "\"usageMetadata\":{\"promptTokenCount\":4,\"totalTokenCount\":4}}", streamed);
            Assert.Equal(ChatFinishReason.ContentFilter, response.FinishReason);
            var error = Assert.IsType<ErrorContent>(Assert.Single(response.Messages.SelectMany(message => message.Contents)));
            Assert.Equal((reason, "SAFETY"), (error.Message, error.ErrorCode));
            Assert.Equal(4, response.Usage!.InputTokenCount);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"Hello\"")]
    [InlineData("""{"candidates":[]}""")]
    [InlineData("""{"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL","finishMessage":"print(x)"}]}""")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"text":"I look it up."}]},"finishReason":"UNEXPECTED_TOOL_CALL"}]}""")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"text":"Hi"}]}""")]
    [InlineData("""{"candidates":[{"content":{"parts":"Hi"}}]}""")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"%%%"}}]}}]}""")]
    public async Task What_is_no_answer_is_an_invalid_response(string reply)
    {
        foreach (var streamed in (bool[])[false, true])
        {
            var failure = await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(reply, streamed));
            ProviderOptions entry = Make.Gemini();
            Assert.Equal(FailureKind.InvalidResponse, entry.Classify(new FailureEvidence(failure, 200)));
        }
    }

    [Theory]
    [InlineData("""{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}""", FailureKind.ServerError)]
    [InlineData("""{"error":{"message":"Slow down.","status":"RESOURCE_EXHAUSTED"}}""", FailureKind.RateLimited)]
    [InlineData("""{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT"}}""", FailureKind.Authentication)]
    [InlineData("""{"error":{"code":200,"message":"All is well."}}""", FailureKind.InvalidResponse)]
    [InlineData("""{"error":"broken"}""", FailureKind.InvalidResponse)]
    public async Task An_error_object_inside_a_success_is_what_it_says(string reply, FailureKind kind)
    {
        foreach (var streamed in (bool[])[false, true])
        {
            var failure = await Assert.ThrowsAsync<GoogleApiException>(() => ReadAsync(reply, streamed));
            ProviderOptions entry = Make.Gemini();
            Assert.Equal(kind, entry.Classify(new FailureEvidence(failure, 200)));
        }
    }

    [Theory]
    [InlineData("text/html", "<html>Sign in</html>", FailureKind.InvalidResponse)]
    [InlineData("text/plain", CannedHandler.Answer, FailureKind.InvalidResponse)]
    [InlineData("application/octet-stream", "", FailureKind.InvalidResponse)]
    public async Task Another_content_type_is_no_answer(string type, string body, FailureKind kind)
    {
        var client = Make.Chat(Make.Gemini(), new CannedHandler(body, type));
        ProviderOptions entry = Make.Gemini();
        var whole = await Assert.ThrowsAsync<GoogleApiException>(() => client.GetResponseAsync("Hello", cancellationToken: Make.Cancel));
        Assert.Equal(kind, entry.Classify(new FailureEvidence(whole, 200)));
        var streamed = await Assert.ThrowsAsync<GoogleApiException>(
            () => client.GetStreamingResponseAsync("Hello", cancellationToken: Make.Cancel).ToChatResponseAsync(Make.Cancel));
        Assert.Equal(kind, entry.Classify(new FailureEvidence(streamed, 200)));
    }

    [Fact]
    public async Task An_error_sent_as_json_instead_of_a_stream_is_what_it_says()
    {
        var client = Make.Chat(Make.Gemini(), new CannedHandler("""[{"error":{"code":503,"message":"Busy.","status":"UNAVAILABLE"}}]"""));
        var failure = await Assert.ThrowsAsync<GoogleApiException>(
            () => client.GetStreamingResponseAsync("Hello", cancellationToken: Make.Cancel).ToChatResponseAsync(Make.Cancel));
        Assert.Equal(("Busy.", 503), (failure.Message, failure.Status));
    }

    private static Task<ChatResponse> ReadAsync(string reply, bool streamed)
    {
        if (!streamed)
        {
            return Make.Chat(Make.Gemini(), new CannedHandler(reply)).GetResponseAsync("Hello", cancellationToken: Make.Cancel);
        }

        var events = CannedHandler.Events(reply.ReplaceLineEndings(""));
        return Make.Chat(Make.Gemini(), new CannedHandler(events, "text/event-stream"))
            .GetStreamingResponseAsync("Hello", cancellationToken: Make.Cancel).ToChatResponseAsync(Make.Cancel);
    }
}
