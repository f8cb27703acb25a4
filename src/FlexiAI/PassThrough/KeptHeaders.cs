namespace FlexiAI;

/// <summary>What of a provider's headers reaches a caller: what they say of the request, and nothing that no header may hold.</summary>
internal static class KeptHeaders
{
    private const int LongestValue = 256;

    // Most are counts and times, which need no search.
    private const int ShortestSearched = 8;

    private static readonly string[] Names = ["x-request-id", "request-id", "openai-processing-ms", "openai-version", "openai-model"];

    private static readonly string[] Prefixes = ["x-ratelimit-", "anthropic-ratelimit-"];

    /// <summary>The headers to pass on. A value that is long, or that is not plain text, is left out: a server refuses to send it.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(HttpResponseMessage response, SecretRedactor redactor)
    {
        List<KeyValuePair<string, string>> kept = [];
        foreach (var header in response.Headers.NonValidated)
        {
            if (IsKept(header.Key) && header.Value.ToString() is { Length: <= LongestValue } value && IsPlain(value))
            {
                kept.Add(new(header.Key, value.Length < ShortestSearched ? value : redactor.Redact(value)));
            }
        }

        return kept;
    }

    /// <summary>A reply's media type; null where it names none, or one that no header may hold.</summary>
    public static string? TypeOf(HttpContent content) =>
        content.Headers.ContentType?.ToString() is { Length: <= LongestValue } type && IsPlain(type) ? type : content.Headers.ContentType?.MediaType;

    /// <summary>Whether a text is what a header may hold: visible ASCII and spaces.</summary>
    public static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    // Each header of each reply is looked at: no closures here.
    private static bool IsKept(string name)
    {
        foreach (var prefix in Prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        foreach (var kept in Names)
        {
            if (name.Equals(kept, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
