namespace FlexiAI.Cli;

/// <summary>An entry for each vendor whose variable is set, in the order of the guide.</summary>
internal static class EnvironmentProviders
{
    private static readonly (string Variable, Func<int, ProviderOptions> Create)[] Vendors =
    [
        ("OPENAI_API_KEY", priority => new OpenAIProvider { Model = DefaultModels.OpenAI, Priority = priority }),
        ("ANTHROPIC_API_KEY", priority => new AnthropicProvider { Model = DefaultModels.Anthropic, Priority = priority }),
        ("GEMINI_API_KEY", priority => new GeminiProvider { Model = DefaultModels.Gemini, Priority = priority }),
        ("GOOGLE_CLOUD_PROJECT", priority => new VertexAIProvider { Model = DefaultModels.Gemini, Priority = priority }),
    ];

    public static IEnumerable<string> Variables => Vendors.Select(vendor => vendor.Variable);

    public static List<ProviderOptions> Find(Func<string, string?> environment) =>
        [.. Vendors.Where(vendor => !string.IsNullOrWhiteSpace(environment(vendor.Variable))).Select((vendor, i) => vendor.Create(i + 1))];
}
