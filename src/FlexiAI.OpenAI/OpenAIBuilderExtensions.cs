using Microsoft.Extensions.Configuration;

namespace FlexiAI;

/// <summary>Teaches a configuration the providers of the OpenAI wire format.</summary>
public static class OpenAIBuilderExtensions
{
    /// <summary>Adds the types <c>openai</c>, <c>azure-openai</c> and <c>openai-compatible</c>.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static FlexiAIBuilder AddOpenAI(this FlexiAIBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder
            .AddProviderType("openai", static section =>
            {
                var entry = new OpenAIProvider();
                section.Bind(entry, static binder => binder.ErrorOnUnknownConfiguration = true);
                return entry;
            })
            .AddProviderType("azure-openai", static section =>
            {
                var entry = new AzureOpenAIProvider();
                section.Bind(entry, static binder => binder.ErrorOnUnknownConfiguration = true);
                return entry;
            })
            .AddProviderType("openai-compatible", static section =>
            {
                var entry = new OpenAICompatibleProvider();
                section.Bind(entry, static binder => binder.ErrorOnUnknownConfiguration = true);
                return entry;
            });
    }
}
