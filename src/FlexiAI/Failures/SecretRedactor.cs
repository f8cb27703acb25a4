using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace FlexiAI;

/// <summary>Takes keys and tokens out of texts that leave the engine: the entry's own secrets, and whatever looks like one.</summary>
internal sealed partial class SecretRedactor(IEnumerable<string?> secrets)
{
    private const string Mask = "[redacted]";

    // Shorter ones would black out ordinary words, and are no secrets.
    private const int ShortestSecret = 4;

    private readonly string[] _secrets =
    [
        .. secrets.OfType<string>().Where(secret => secret.Length >= ShortestSecret).SelectMany(Spellings)
            .Distinct(StringComparer.Ordinal).OrderByDescending(spelling => spelling.Length),
    ];

    public string Redact(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        }

        return LooksSecret().Replace(text, "${before}" + Mask);
    }

    /// <summary>Whether the text of an exception, which cannot be changed, has a secret in it.</summary>
    public bool FindsSecretIn(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (!string.Equals(Redact(e.Message), e.Message, StringComparison.Ordinal)
                || (e is AggregateException aggregate && aggregate.InnerExceptions.Any(FindsSecretIn)))
            {
                return true;
            }
        }

        return false;
    }

    // As it stands in an error body that is JSON, by either habit of escaping, or in a URL.
    private static IEnumerable<string> Spellings(string secret) =>
    [
        secret,
        JavaScriptEncoder.Default.Encode(secret),
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret),
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret).Replace("/", "\\/", StringComparison.Ordinal),
        Uri.EscapeDataString(secret),
    ];

    // Vendors echo keys whole, or with their middle starred out: OpenAI and Anthropic (sk-), Groq (gsk_), xAI (xai-), Google API keys
    // (AIza) and access tokens (ya29.), JSON web tokens, private keys, and authorization headers. After a bare "Bearer" only what has a
    // digit or is long is a token: "Bearer authentication is required" is a sentence. No part is tried again from within what it
    // has read, so that the search takes time in proportion to the text and needs no limit.
    [GeneratedRegex(
        @"\bsk-[\w\-*]{6,}"
        + @"|\b(?:gsk_|xai-)[\w\-*]{6,}"
        + @"|\bAIza[\w\-*]{16,}"
        + @"|\bya29\.[\w\-.*]+"
        + @"|(?<![\w\-])eyJ[\w\-]+\.[\w\-]+\.[\w\-]*"
        + @"|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\z)"
        + @"|(?<before>\b(?i:authorization)[""']?\s*[:=]\s*[""']?(?i:bearer|basic)\s+)[^\s""',]+"
        + @"|(?<before>\b(?i:bearer)\s+)(?:(?=[^\s""',\d]*\d)[^\s""',]+|[^\s""',]{24,})"
        + @"|(?<before>\b(?i:x-api-key|x-goog-api-key|api-key)[""']?\s*[:=]\s*[""']?)[^\s""',]+",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex LooksSecret();
}
