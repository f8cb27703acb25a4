using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace FlexiAI;

/// <summary>The one key that a request presents: by <c>Authorization: Bearer</c>, by <c>x-api-key</c>, or to an admin endpoint by <c>x-admin-key</c>.</summary>
/// <param name="Key">The key; null where there is none, or not one alone.</param>
/// <param name="Problem">What is wrong, for the caller; null where nothing is.</param>
internal readonly record struct PresentedKey(string? Key, string? Problem)
{
    public const int LongestKey = 4_096;

    private const string Scheme = "Bearer ";

    public static PresentedKey Read(IHeaderDictionary headers, bool admin)
    {
        var bearer = headers.Authorization;
        if (bearer.Count == 1 && !bearer.ToString().StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return new(null, "The Authorization header has another scheme than Bearer.");
        }

        string? key = null;
        ReadOnlySpan<StringValues> places = admin ? [bearer, headers["x-api-key"], headers["x-admin-key"]] : [bearer, headers["x-api-key"]];
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i].Count == 0)
            {
                continue;
            }

            var value = places[i].ToString();
            value = (i == 0 && places[i].Count == 1 ? value[Scheme.Length..] : value).Trim();

            // Which of two keys counts must not depend on who reads the request first. The same key twice is what some clients send.
            if (places[i].Count > 1 || (key is not null && key != value))
            {
                return new(null, "The request presents more than one key.");
            }

            key = value;
        }

        return key switch
        {
            null or "" => new(null, "The request presents no key. Send it as Authorization: Bearer <key>, or as x-api-key."),
            { Length: > LongestKey } => new(null, "The key is not valid."),
            _ => new(key, null),
        };
    }
}
