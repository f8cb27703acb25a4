namespace FlexiAI.Cli;

/// <summary>The configuration that a simulation plays with: a file's, or one made for the incident. Environment variables have no say.</summary>
internal static class SimulationSetup
{
    private static readonly string[] Usual = ["openai", "anthropic"];

    /// <exception cref="InputException">The file cannot be read or understood.</exception>
    public static FlexiOptions Read(string? path, Incident incident) =>
        path is not null || File.Exists(ConfigurationFile.DefaultName)
            ? ConfigurationFile.Read(path ?? ConfigurationFile.DefaultName)
            : new FlexiOptions { Providers = [.. Names(incident).Select((name, i) => Entry(name, i + 1))] };

    // There must be somebody to fail over to.
    private static IEnumerable<string> Names(Incident incident)
    {
        var names = incident.Providers.Select(provider => provider.Name).ToList();
        return names.Count > 1 ? names : names.Concat(Usual).Distinct(StringComparer.OrdinalIgnoreCase);
    }

    // Its type has no say either: it is replaced by a provider in memory.
    private static OpenAIProvider Entry(string name, int priority) => new() { Name = name, Priority = priority };
}
