using System.Text.RegularExpressions;

namespace FlexiAI;

/// <summary>Takes keys and tokens out of texts that leave the engine: the entry's own secrets, and whatever looks like one.</summary>
internal sealed partial class SecretRedactor(IEnumerable<string?> secrets)
{
    private const string Mask = "[redacted]";

    // Shorter ones would black out ordinary words, and are no secrets.
    private const int ShortestSecret = 4;

    private readonly string[] _secrets =
        [.. secrets.OfType<string>().Where(secret => secret.Length >= ShortestSecret).OrderByDescending(secret => secret.Length)];

    public string Redact(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        }

        return LooksSecret().Replace(text, Mask);
    }

    /// <summary>Whether the text of an exception, which cannot be changed, has a secret in it.</summary>
    public bool FindsSecretIn(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (!ReferenceEquals(Redact(e.Message), e.Message) && !string.Equals(Redact(e.Message), e.Message, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return exception is AggregateException aggregate && aggregate.InnerExceptions.Any(FindsSecretIn);
    }

    // Vendors echo keys whole, or with their middle starred out: OpenAI and Anthropic (sk-), Google API keys (AIza) and access
    // tokens (ya29.), JSON web tokens, private keys, and authorization headers.
    [GeneratedRegex(
        @"\bsk-[\w\-*]{6,}|\bAIza[\w\-]{16,}|\bya29\.[\w\-.]+|\beyJ[\w\-]+\.[\w\-]+\.[\w\-]*|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)|(?<=\b[Bb]earer\s+)[^\s""',]+|(?<=\b(?:x-api-key|api-key|x-goog-api-key)\s*[:=]\s*)[^\s""',]+",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex LooksSecret();
}
