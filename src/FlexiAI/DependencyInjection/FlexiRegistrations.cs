using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace FlexiAI;

/// <summary>
/// Which client a builder was made for. The builder itself knows neither its services nor its key, and an extension that changes the
/// client's options, as one of another package does, needs both.
/// </summary>
internal static class FlexiRegistrations
{
    private static readonly ConditionalWeakTable<ChatClientBuilder, FlexiRegistration> Made = [];

    public static ChatClientBuilder Remember(ChatClientBuilder builder, IServiceCollection services, string name)
    {
        Made.Add(builder, new FlexiRegistration(services, name));
        return builder;
    }

    /// <summary>Changes the options of the builder's client, after all that its <c>AddFlexiAI</c> does.</summary>
    /// <exception cref="ArgumentException">The builder is not one that <c>AddFlexiAI</c> or <c>AddKeyedFlexiAI</c> returned.</exception>
    public static ChatClientBuilder PostConfigure(ChatClientBuilder builder, Action<FlexiOptions> configure)
    {
        if (!Made.TryGetValue(builder, out var registration))
        {
            throw new ArgumentException("The builder belongs to no FlexiClient; allowed: what AddFlexiAI or AddKeyedFlexiAI returned.", nameof(builder));
        }

        registration.Services.PostConfigure(registration.Name, configure);
        return builder;
    }

    private sealed record FlexiRegistration(IServiceCollection Services, string Name);
}
