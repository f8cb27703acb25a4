using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace FlexiAI.Tests;

/// <summary>The files under <c>deploy/</c>.</summary>
internal static class DeployFiles
{
    public static string Root { get; } = Path.Combine(FindRoot(), "deploy");

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>A YAML file, anchors and merges resolved, as JSON.</summary>
    public static JsonElement Yaml(string path)
    {
        using var text = new StringReader(Read(path));
        var tree = new DeserializerBuilder().Build().Deserialize<object>(new MergingParser(new Parser(text)));
        return JsonDocument.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(tree)).RootElement;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "FlexiAI.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no FlexiAI.slnx above the test.");
        }

        return folder;
    }
}
