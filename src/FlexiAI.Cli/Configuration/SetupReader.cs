namespace FlexiAI.Cli;

/// <summary>Finds the configuration: a file, else environment variables, else none.</summary>
internal static class SetupReader
{
    public static string NothingConfigured =>
        $"No provider is configured: there is no {ConfigurationFile.DefaultName} here, and none of {string.Join(", ", EnvironmentProviders.Variables)} is set.";

    /// <exception cref="InputException">The file cannot be read or understood.</exception>
    public static Setup Read(string? path)
    {
        if (path is not null || File.Exists(ConfigurationFile.DefaultName))
        {
            path ??= ConfigurationFile.DefaultName;
            return new Setup(SetupSource.File, ConfigurationFile.Read(path), Path.GetFullPath(path));
        }

        var entries = EnvironmentProviders.Find(Environment.GetEnvironmentVariable);
        return entries.Count > 0
            ? new Setup(SetupSource.Environment, new FlexiOptions { Providers = entries })
            : new Setup(SetupSource.Simulation, new FlexiOptions());
    }
}
