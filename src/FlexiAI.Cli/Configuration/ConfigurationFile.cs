using Microsoft.Extensions.Configuration;

namespace FlexiAI.Cli;

/// <summary>Reads a configuration file: the options as the root object, or under the key <c>FlexiAI</c>.</summary>
internal static class ConfigurationFile
{
    public const string DefaultName = "flexiai.json";
    private const string SectionName = "FlexiAI";

    /// <exception cref="InputException">The file is not there, is not JSON, or says something that is not understood.</exception>
    public static FlexiOptions Read(string path)
    {
        var content = JsonFile.Load("--config", path);
        JsonFile.Parse(path, content);
        try
        {
            IConfiguration root = new ConfigurationBuilder().AddJsonStream(new MemoryStream(content)).Build();
            var section = root.GetSection(SectionName);
            var options = new FlexiOptions();
            FlexiConfiguration.Read(section.Exists() ? section : root, ProviderTypes.Create(), options);
            return options;
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new InputException($"{path}: {ConfigurationMessage.Of(e)}");
        }
    }
}
