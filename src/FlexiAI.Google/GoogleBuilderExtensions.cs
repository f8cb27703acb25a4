using Microsoft.Extensions.Configuration;

namespace FlexiAI;

/// <summary>Teaches a configuration Google's provider types.</summary>
public static class GoogleBuilderExtensions
{
    /// <summary>Adds the types <c>gemini</c> and <c>vertexai</c>.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static FlexiAIBuilder AddGoogle(this FlexiAIBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder
            .AddProviderType("gemini", static section =>
            {
                var entry = new GeminiProvider();
                section.Bind(entry, static binder => binder.ErrorOnUnknownConfiguration = true);
                return entry;
            })
            .AddProviderType("vertexai", static section =>
            {
                var entry = new VertexAIProvider();
                section.Bind(entry, static binder => binder.ErrorOnUnknownConfiguration = true);
                return entry;
            });
    }
}
