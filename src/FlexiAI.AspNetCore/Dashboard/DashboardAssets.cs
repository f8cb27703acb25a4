using System.Collections.Frozen;

namespace FlexiAI;

/// <summary>The dashboard's files, which the assembly brings with it.</summary>
internal static class DashboardAssets
{
    public const string Page = "index.html";

    private const string Prefix = "dashboard/";

    // A build on Windows writes the folder's separator into the resource's name.
    private static readonly FrozenDictionary<string, DashboardAsset> Known = typeof(DashboardAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), Load, StringComparer.Ordinal);

    public static DashboardAsset? Find(string path) => Known.GetValueOrDefault(path);

    private static DashboardAsset Load(string name)
    {
        using var stream = typeof(DashboardAssets).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new DashboardAsset(content, ContentType(name));
    }

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    };
}
