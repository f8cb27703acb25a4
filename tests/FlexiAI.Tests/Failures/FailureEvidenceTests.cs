namespace FlexiAI.Tests.Failures;

public class FailureEvidenceTests
{
    private static FailureEvidence Of(string? body) => new(new InvalidOperationException(), 400, body: body);

    [Theory]
    [InlineData("openai", """{"error":{"message":"Too long","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""", "Too long", "context_length_exceeded")]
    [InlineData("openai without code", """{"error":{"message":"m","type":"server_error","code":null}}""", "m", "server_error")]
    [InlineData("anthropic", """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"r"}""", "Overloaded", "overloaded_error")]
    [InlineData("type and status", """{"error":{"message":"m","status":"s","type":"t"}}""", "m", "t")]
    [InlineData("google", """{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT"}}""", "API key not valid.", "INVALID_ARGUMENT")]
    [InlineData("google streamed", """[{"error":{"code":503,"message":"m","status":"UNAVAILABLE"}}]""", "m", "UNAVAILABLE")]
    [InlineData("ollama", """{"error":"model not found"}""", "model not found", null)]
    [InlineData("message of another type", """{"error":{"message":5,"code":"c"}}""", null, "c")]
    [InlineData("error of another type", """{"error":7}""", null, null)]
    [InlineData("error null", """{"error":null}""", null, null)]
    [InlineData("no error", """{"detail":"x"}""", null, null)]
    [InlineData("empty array", "[]", null, null)]
    [InlineData("array of numbers", "[1]", null, null)]
    [InlineData("string", "\"error\"", null, null)]
    [InlineData("number", "5", null, null)]
    [InlineData("broken", """{"error":{"message":"Too lo""", null, null)]
    [InlineData("html", "<html><body>502 Bad Gateway</body></html>", null, null)]
    [InlineData("empty", "", null, null)]
    [InlineData("half a character", """{"error":{"message":"\ud800","code":"c"}}""", null, null)]
    [InlineData("none", null, null, null)]
    public void Message_and_code_are_read_from_every_vendors_shape(string shape, string? body, string? message, string? code)
    {
        Assert.NotEmpty(shape);
        var evidence = Of(body);

        Assert.Equal(message, evidence.ErrorMessage);
        Assert.Equal(code, evidence.ErrorCode);
        Assert.Equal(body, evidence.Body);
    }

    [Fact]
    public void Either_field_may_be_read_first_and_the_body_is_parsed_once()
    {
        const string Body = """{"error":{"message":"m","code":"c"}}""";
        var evidence = Of(Body);

        Assert.Equal("c", Of(Body).ErrorCode);
        Assert.Equal("m", evidence.ErrorMessage);
        Assert.Same(evidence.ErrorMessage, evidence.ErrorMessage);
    }

    [Fact]
    public void Nonsense_of_any_kind_is_read_without_an_exception()
    {
        var deep = new string('[', 60_000);
        foreach (var body in new[] { deep, "\ud800", "{\"error\":{\"message\":\"\ud800\"}}", "\0", "\ufeff{}" })
        {
            Assert.Null(Of(body).ErrorMessage);
        }
    }

    [Fact]
    public void A_header_is_found_in_any_letter_case()
    {
        var evidence = new FailureEvidence(new InvalidOperationException(), 429, new Dictionary<string, string> { ["Retry-After"] = "5" });

        Assert.Equal("5", evidence.Header("retry-after"));
        Assert.Equal("5", evidence.Header("RETRY-AFTER"));
        Assert.Null(evidence.Header("other"));
        Assert.Null(Of(null).Header("retry-after"));
    }

    [Fact]
    public void Words_are_found_in_the_body_in_any_letter_case()
    {
        Assert.True(Of("Your credit balance is TOO LOW.").Mentions("too low"));
        Assert.False(Of("Your credit balance").Mentions("too low"));
        Assert.False(Of(null).Mentions("too low"));
    }

    [Fact]
    public void A_body_is_cut_to_64_Ki_characters()
    {
        Assert.Equal(64 * 1024, Of(new string('x', 5_000_000)).Body!.Length);
        Assert.Equal(64 * 1024, Of(new string('x', 64 * 1024)).Body!.Length);
    }

    [Fact]
    public void It_keeps_the_exception_and_needs_one()
    {
        var exception = new InvalidOperationException();

        Assert.Same(exception, new FailureEvidence(exception).Exception);
        Assert.Null(new FailureEvidence(exception).StatusCode);
        Assert.Throws<ArgumentNullException>("exception", () => new FailureEvidence(null!));
    }
}
