namespace FlexiAI.Testing;

/// <summary>Reads <c>/v1beta/models/{model}:{method}</c> and <c>/v1/projects/…/publishers/google/models/{model}:{method}</c>.</summary>
internal static class GooglePath
{
    private const string Models = "/models/";

    public static (SimulatedOperation Operation, bool Streamed) Operation(RawRequest raw) => (raw.Method, Verb(raw.Path)) switch
    {
        ("POST", "generateContent") => (SimulatedOperation.Chat, false),
        ("POST", "streamGenerateContent") => (SimulatedOperation.Chat, true),
        ("POST", "embedContent" or "batchEmbedContents") => (SimulatedOperation.Embeddings, false),
        ("GET", "") when raw.Path.EndsWith("/models", StringComparison.Ordinal) => (SimulatedOperation.Models, false),
        _ => (SimulatedOperation.Unknown, false),
    };

    public static string Model(string path)
    {
        var start = path.LastIndexOf(Models, StringComparison.Ordinal);
        var end = path.LastIndexOf(':');
        return start >= 0 && end > start ? path[(start + Models.Length)..end] : "";
    }

    public static string Verb(string path) => path.LastIndexOf(':') is var colon and >= 0 ? path[(colon + 1)..] : "";

    public static string? KeyInQuery(string query) => query.TrimStart('?').Split('&')
        .Where(pair => pair.StartsWith("key=", StringComparison.Ordinal))
        .Select(pair => Uri.UnescapeDataString(pair["key=".Length..]))
        .FirstOrDefault();
}
