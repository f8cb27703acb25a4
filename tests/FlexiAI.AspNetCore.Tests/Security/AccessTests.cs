using Microsoft.AspNetCore.Routing;

namespace FlexiAI.Tests;

/// <summary>Every endpoint that there is, and who may enter it.</summary>
[Collection(MeteredAlone.Name)]
public sealed class AccessTests
{
    // An endpoint that is added must be added here, with who may enter it.
    private static readonly Dictionary<string, string> Table = new(StringComparer.Ordinal)
    {
        ["GET,HEAD /healthz"] = "anyone",
        ["GET,HEAD /readyz"] = "anyone",
        ["GET,HEAD /"] = "anyone",
        ["GET,HEAD /dashboard/{**path}"] = "anyone",
        ["POST /v1/chat/completions"] = "client",
        ["POST /v1/embeddings"] = "client",
        ["POST /v1/responses"] = "client",
        ["POST /v1/messages"] = "client",
        ["POST /v1/{**path}"] = "client",
        ["GET /v1/models"] = "client",
        ["GET /v1/models/{**id}"] = "client",
        ["GET /status"] = "admin",
        ["GET /stats"] = "admin",
        ["GET /events"] = "admin",
        ["POST /circuits/reset"] = "admin",
        ["POST /circuits/{name}/reset"] = "admin",
        ["POST /circuits/{name}/isolate"] = "admin",
        ["POST /providers/{name}/promote"] = "admin",
        ["POST /faults/{name}/fail"] = "admin",
        ["POST /faults/{name}/release"] = "admin",
        ["* /metrics"] = "admin",
    };

    [Fact]
    public async Task Every_endpoint_lets_in_whom_the_table_says_and_there_is_none_besides()
    {
        await using var provider = RawProvider.Start(RawProvider.Reply(RawProvider.Answer));
        await using var gateway = await SecuredGateway.StartAsync(provider.Entry("one"));

        Assert.Equal(Table.Keys.Order(StringComparer.Ordinal), gateway.Endpoints.Select(Name).Order(StringComparer.Ordinal));
        foreach (var endpoint in gateway.Endpoints)
        {
            var name = Name(endpoint);
            int[] statuses =
            [
                await StatusAsync(gateway, endpoint, null),
                await StatusAsync(gateway, endpoint, "wrong-key-0123456789abcdef"),
                await StatusAsync(gateway, endpoint, SecuredGateway.ClientKey),
                await StatusAsync(gateway, endpoint, SecuredGateway.AdminKey),
            ];
            var entered = statuses.Select(status => status is not (401 or 403)).ToArray();
            Assert.True(Table[name] switch
            {
                "anyone" => entered is [true, true, true, true],
                "client" => entered is [false, false, true, false] && statuses is [401, 401, _, 401],
                _ => entered is [false, false, false, true] && statuses is [401, 401, 403, _],
            }, $"{name}: {string.Join(", ", statuses)}");
        }
    }

    [Fact]
    public async Task Where_clients_have_keys_and_admins_none_operations_are_closed_to_everybody()
    {
        await using var provider = RawProvider.Start(RawProvider.Reply(RawProvider.Answer));
        await using var gateway = await SecuredGateway.StartAsync([provider.Entry("one")], options => options.AdminKeys = []);

        foreach (var endpoint in gateway.Endpoints.Where(endpoint => Table[Name(endpoint)] == "admin"))
        {
            Assert.Equal(403, await StatusAsync(gateway, endpoint, SecuredGateway.ClientKey));
            Assert.Equal(403, await StatusAsync(gateway, endpoint, SecuredGateway.AdminKey));
        }
    }

    [Fact]
    public async Task Without_any_key_no_endpoint_with_something_to_tell_serves_a_page_of_another_name()
    {
        await using var provider = RawProvider.Start(RawProvider.Reply(RawProvider.Answer));
        await using var gateway = await SecuredGateway.StartAsync([provider.Entry("one")], options => (options.ClientKeys, options.AdminKeys) = ([], []));

        foreach (var endpoint in gateway.Endpoints.Where(endpoint => Table[Name(endpoint)] != "anyone"))
        {
            using var request = new HttpRequestMessage(MethodOf(endpoint), PathOf(endpoint));
            request.Headers.Host = "rebound.example";
            using var response = await gateway.Host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, SecuredGateway.Stop);
            Assert.True((int)response.StatusCode == 403, $"{Name(endpoint)}: {(int)response.StatusCode}");
        }

        Assert.Empty(provider.Requests);
    }

    private static string Name(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"];
        return $"{string.Join(',', methods.Order(StringComparer.Ordinal))} /{endpoint.RoutePattern.RawText?.TrimStart('/')}";
    }

    private static HttpMethod MethodOf(RouteEndpoint endpoint) =>
        new(endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET");

    private static string PathOf(RouteEndpoint endpoint) => $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}"
        .Replace("{name}", "one", StringComparison.Ordinal).Replace("{**id}", "auto", StringComparison.Ordinal).Replace("{**path}", "other", StringComparison.Ordinal);

    private static async Task<int> StatusAsync(SecuredGateway gateway, RouteEndpoint endpoint, string? key)
    {
        var method = MethodOf(endpoint);
        using var response = await gateway.SendAsync(method, PathOf(endpoint), method == HttpMethod.Post ? "{}" : null, key);
        return (int)response.StatusCode;
    }
}
