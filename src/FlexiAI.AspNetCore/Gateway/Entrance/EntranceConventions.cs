using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FlexiAI;

/// <summary>
/// Puts the entrance before endpoints, or before a group of them. It becomes part of the endpoint, so that no order of middleware and no
/// spelling of a path leads around it.
/// </summary>
internal static class EntranceConventions
{
    /// <summary>Lets everybody in; replies carry the request's id and the headers that all replies have.</summary>
    public static TBuilder AllowWithoutKey<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Rule(static rules => rules.Access = AccessLevel.Anyone);

    /// <summary>Lets in whoever has a client's key; everybody on this machine where there are no such keys.</summary>
    public static TBuilder RequireClientKey<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Rule(static rules => rules.Access = AccessLevel.Client);

    /// <summary>Lets in whoever has an admin's key; everybody on this machine where there are no keys at all.</summary>
    public static TBuilder RequireAdminKey<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Rule(static rules => rules.Access = AccessLevel.Admin);

    /// <summary>Counts requests against <see cref="GatewayOptions.MaxConcurrentRequests"/>.</summary>
    public static TBuilder LimitConcurrency<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Rule(static rules => rules.IsLimited = true);

    private static TBuilder Rule<TBuilder>(this TBuilder builder, Action<EntranceRules> set)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => set(RulesOf(endpoint)));
        builder.Finally(Guard);
        return builder;
    }

    private static EntranceRules RulesOf(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<EntranceRules>().FirstOrDefault() is { } known)
        {
            return known;
        }

        var rules = new EntranceRules();
        endpoint.Metadata.Add(rules);
        return rules;
    }

    private static void Guard(EndpointBuilder endpoint)
    {
        var rules = RulesOf(endpoint);
        if (rules.IsGuarded || endpoint.RequestDelegate is not { } next)
        {
            return;
        }

        rules.IsGuarded = true;
        var entrance = endpoint.ApplicationServices.GetRequiredService<GatewayEntrance>();
        endpoint.RequestDelegate = context => entrance.PassAsync(context, rules, next);
    }
}
