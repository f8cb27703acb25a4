using Microsoft.Extensions.Configuration;

namespace FlexiAI.Cli;

/// <summary>Reads a configuration file: the options as the root object, or under the key <c>FlexiAI</c>; beside them what only <c>serve</c> needs.</summary>
internal static class ConfigurationFile
{
    public const string DefaultName = "flexiai.json";
    private const string SectionName = "FlexiAI";

    /// <summary>The sections that are not the client's.</summary>
    private static readonly string[] ServeSections = ["Gateway", "Redis", "Telemetry"];

    /// <exception cref="InputException">The file is not there, is not JSON, or says something that is not understood.</exception>
    public static FlexiOptions Read(string path) => ReadRoot(path, JsonFile.Load("--config", path)).Options;

    /// <summary>Reads a file's content for <c>serve</c>: the client's options, and the section that they are in.</summary>
    /// <exception cref="InputException">It is not JSON, or says something that is not understood.</exception>
    public static (FlexiOptions Options, IConfiguration Section) Read(string path, byte[] content)
    {
        var (options, root) = ReadRoot(path, content);
        var section = Section(root);

        // Or keys that stand there would be passed over in silence.
        return section == root || Array.Find(ServeSections, name => root.GetSection(name).Exists()) is not { } misplaced ? (options, section)
            : throw new InputException($"{path}: {misplaced} stands beside {SectionName}; allowed: in it, beside Providers.");
    }

    private static (FlexiOptions Options, IConfigurationRoot Root) ReadRoot(string path, byte[] content)
    {
        JsonFile.Parse(path, content);
        return Understand(path, () =>
        {
            var root = new ConfigurationBuilder().AddJsonStream(new MemoryStream(content)).Build();
            var options = new FlexiOptions();
            FlexiConfiguration.Read(Section(WithoutServe(root)), ProviderTypes.Create(), options);
            return (options, root);
        });
    }

    /// <summary>Reads a part of a file; what is not understood is told in the form of ours.</summary>
    /// <exception cref="InputException">It says something that is not understood.</exception>
    public static T Understand<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new InputException($"{path}: {ConfigurationMessage.Of(e)}");
        }
    }

    private static IConfiguration Section(IConfiguration root) => root.GetSection(SectionName) is var section && section.Exists() ? section : root;

    private static IConfigurationRoot WithoutServe(IConfigurationRoot root) =>
        new ConfigurationBuilder().AddInMemoryCollection(root.AsEnumerable().Where(pair => !IsServe(pair.Key))).Build();

    private static bool IsServe(string key)
    {
        var path = key.Split(ConfigurationPath.KeyDelimiter);
        var name = path.Length > 1 && string.Equals(path[0], SectionName, StringComparison.OrdinalIgnoreCase) ? path[1] : path[0];
        return ServeSections.Contains(name, StringComparer.OrdinalIgnoreCase);
    }
}
