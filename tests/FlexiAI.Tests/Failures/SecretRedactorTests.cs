using System.Text.Encodings.Web;
using System.Text.Json;

namespace FlexiAI.Tests.Failures;

public class SecretRedactorTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly SecretRedactor NoSecretsOfItsOwn = new([]);

    [Theory]
    [InlineData("Incorrect API key provided: sk-abc***xyz.", "Incorrect API key provided: [redacted].")]
    [InlineData("Incorrect API key provided: sk-proj-********************************abcd. You can", "Incorrect API key provided: [redacted]. You can")]
    [InlineData("key sk-ant-api03-AbC_d-9 is old", "key [redacted] is old")]
    [InlineData("gsk_0123456789abcdef and xai-0123456789", "[redacted] and [redacted]")]
    [InlineData("https://host/v1beta/models?key=AIzaSyA0123456789_-abcdefghijklmnop&alt=sse", "https://host/v1beta/models?key=[redacted]&alt=sse")]
    [InlineData("token ya29.a0AfH6SMB-x_y.z", "token [redacted]")]
    [InlineData("jwt eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln-_x end", "jwt [redacted] end")]
    [InlineData("unsigned eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", "unsigned [redacted]")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIE\nvQ==\n-----END PRIVATE KEY-----\nrest", "[redacted]\nrest")]
    [InlineData("""{"private_key":"-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n"}""", """{"private_key":"[redacted]\n"}""")]
    [InlineData("cut -----BEGIN PRIVATE KEY-----\nMIIE", "cut [redacted]")]
    [InlineData("Authorization: Bearer abc", "Authorization: Bearer [redacted]")]
    [InlineData("authorization: basic dXNlcjpwYXNz, next", "authorization: basic [redacted], next")]
    [InlineData("""{"Authorization":"Bearer tokentokentoken"}""", """{"Authorization":"Bearer [redacted]"}""")]
    [InlineData("sent Bearer 0a1b2c", "sent Bearer [redacted]")]
    [InlineData("sent bearer abcdefghijklmnopqrstuvwx", "sent bearer [redacted]")]
    [InlineData("x-api-key: abc def", "x-api-key: [redacted] def")]
    [InlineData("""{"X-Goog-Api-Key": "abc"}""", """{"X-Goog-Api-Key": "[redacted]"}""")]
    [InlineData("api-key=abc&x", "api-key=[redacted]")]
    public void What_looks_like_a_secret_is_taken_out(string text, string expected)
    {
        Assert.Equal(expected, NoSecretsOfItsOwn.Redact(text));
        Assert.Equal(expected, NoSecretsOfItsOwn.Redact(expected));
    }

    [Theory]
    [InlineData("")]
    [InlineData("The server had an error while processing your request.")]
    [InlineData("Bearer authentication is required")]
    [InlineData("the task-management-board of risk-averse desk-dwellers")]
    [InlineData("use sk-learn")]
    [InlineData("eyJ is how a token begins; so does AIza, and ya29")]
    [InlineData("-----BEGIN CERTIFICATE----- is public")]
    [InlineData("Set the header x-api-key, or api-key")]
    [InlineData("model gpt-4o-mini-2024-07-18, request req_0123456789abcdef, 8192 tokens, https://api.openai.com/v1/chat")]
    [InlineData("Provide your API key in an Authorization header using Bearer auth")]
    public void Nothing_else_is_blacked_out(string text) => Assert.Equal(text, NoSecretsOfItsOwn.Redact(text));

    [Fact]
    public void The_entrys_own_secrets_are_taken_out_whatever_they_look_like()
    {
        var redactor = new SecretRedactor(["hunter22", null, "", "abc", "four", "hunter22-longer"]);

        Assert.Equal("a [redacted] b [redacted]c abc [redacted]", redactor.Redact("a hunter22 b hunter22-longerc abc four"));
    }

    [Theory]
    [InlineData("p+q/r\"s\\t=")]
    [InlineData("line one\nline two")]
    [InlineData("schlüssel&<geheim>")]
    public void A_secret_is_found_as_json_or_a_url_spells_it(string secret)
    {
        var redactor = new SecretRedactor([secret]);
        var relaxed = JsonSerializer.Serialize(secret, Relaxed);

        Assert.Equal("\"[redacted]\"", redactor.Redact(JsonSerializer.Serialize(secret)));
        Assert.Equal("\"[redacted]\"", redactor.Redact(relaxed));
        Assert.Equal("\"[redacted]\"", redactor.Redact(relaxed.Replace("/", "\\/", StringComparison.Ordinal)));
        Assert.Equal("?key=[redacted]", redactor.Redact("?key=" + Uri.EscapeDataString(secret)));
    }

    [Fact]
    public void A_secret_is_found_at_any_depth_of_an_exception()
    {
        var redactor = new SecretRedactor(["hunter22"]);
        var guilty = new InvalidOperationException("with hunter22 in it");

        Assert.True(redactor.FindsSecretIn(guilty));
        Assert.True(redactor.FindsSecretIn(new InvalidOperationException("outer", guilty)));
        Assert.True(redactor.FindsSecretIn(new InvalidOperationException("outer", new AggregateException("a", new TimeoutException(), guilty))));
        Assert.True(redactor.FindsSecretIn(new AggregateException("a", new TimeoutException(), new InvalidOperationException("outer", guilty))));
        Assert.True(redactor.FindsSecretIn(new InvalidOperationException("sent sk-abcdefghij")));
        Assert.False(redactor.FindsSecretIn(new AggregateException("a", new TimeoutException(), new InvalidOperationException("Bearer [redacted]"))));
    }
}
