using Microsoft.Extensions.Configuration;

namespace FlexiAI;

/// <summary>Teaches a configuration Anthropic's provider.</summary>
public static class AnthropicBuilderExtensions
{
    /// <summary>Adds the type <c>anthropic</c>.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static FlexiAIBuilder AddAnthropic(this FlexiAIBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddProviderType("anthropic", static section =>
        {
            var entry = new AnthropicProvider();
            section.Bind(entry, static binder => binder.ErrorOnUnknownConfiguration = true);
            return entry;
        });
    }
}
