using System.Text.Json;

namespace FlexiAI;

/// <summary>How the gateway's JSON spells what the engine names: <c>half-open</c>, <c>rate-limited</c>.</summary>
internal static class Spelling
{
    public static string Of<T>(T value)
        where T : struct, Enum => Spellings<T>.Known.TryGetValue(value, out var word) ? word : value.ToString();

    private static class Spellings<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Known =
            Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));
    }
}
