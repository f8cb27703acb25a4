namespace FlexiAI.Cli;

/// <summary>Whether an entry has a key, and from where; never which.</summary>
/// <param name="Present">Whether there is one.</param>
/// <param name="From"><c>configuration</c>, the variable's name, or where it will be looked for; null if there is none.</param>
/// <param name="Needed">Whether the entry cannot do without.</param>
internal sealed record KeyReport(bool Present, string? From, bool Needed)
{
    private const string Configuration = "configuration";
    private const string DefaultCredentials = "application default credentials";
    private const string GoogleCredentials = "GOOGLE_APPLICATION_CREDENTIALS";

    public static KeyReport NotNeeded { get; } = new(Present: false, From: null, Needed: false);

    /// <param name="written">The entry as the user wrote it.</param>
    /// <param name="completed">The same, completed from the environment.</param>
    /// <param name="environment">Reads a variable.</param>
    public static KeyReport Of(ProviderOptions written, ProviderOptions completed, Func<string, string?> environment) => completed switch
    {
        VertexAIProvider vertex => OfVertex(vertex, environment),
        _ when !string.IsNullOrWhiteSpace(written.ApiKey) => new(Present: true, Configuration, Needed: true),
        _ when !string.IsNullOrWhiteSpace(completed.ApiKey) => new(Present: true, VariableOf(written, completed.ApiKey, environment), Needed: true),
        OpenAICompatibleProvider => NotNeeded,
        _ => new(Present: false, From: null, Needed: true),
    };

    // Without credentials of its own the entry finds Google's default ones, where that is only known when they are used.
    private static KeyReport OfVertex(VertexAIProvider entry, Func<string, string?> environment) =>
        !string.IsNullOrEmpty(entry.ServiceAccountFile) || !string.IsNullOrEmpty(entry.ServiceAccountJson) || !string.IsNullOrEmpty(entry.AccessToken)
            ? new(Present: true, Configuration, Needed: true)
            : !string.IsNullOrEmpty(environment(GoogleCredentials)) ? new(Present: true, GoogleCredentials, Needed: true)
            : new(Present: false, DefaultCredentials, Needed: false);

    private static string? VariableOf(ProviderOptions written, string key, Func<string, string?> environment)
    {
        string? variable = null;
        written.Clone().UseEnvironment(name =>
        {
            var value = environment(name);
            variable = value == key ? variable ?? name : variable;
            return value;
        });
        return variable;
    }
}
