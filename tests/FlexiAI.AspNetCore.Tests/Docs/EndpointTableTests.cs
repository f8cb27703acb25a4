using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FlexiAI.Tests;

/// <summary>The page lists the endpoints that there are, with the key that each takes.</summary>
public sealed class EndpointTableTests
{
    [Fact]
    public async Task The_page_lists_every_endpoint_with_its_method_and_the_key_that_it_takes()
    {
        await using var gateway = await GatewayHost.StartAsync(
            GatewayHost.Options(new OpenAIProvider { ApiKey = "sk-provider-secret-0123456789", Model = "m" }),
            services: services => services.AddFlexiGatewayTelemetry());
        var mapped = gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(Rows);
        var listed = ReferencePage.Rows("Endpoints").SelectMany(row => row[0].Split(", ").Select(method => $"{method} {row[1]}: {row[2]}"));

        Assert.Equal(mapped.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    // An endpoint that has no entrance of the gateway's before it asks for nothing.
    private static IEnumerable<string> Rows(RouteEndpoint endpoint) =>
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        let key = endpoint.Metadata.GetMetadata<EntranceRules>()?.Access switch { AccessLevel.Client => "client", AccessLevel.Admin => "admin", _ => "none" }
        select $"{method} {endpoint.RoutePattern.RawText}: {key}";
}
