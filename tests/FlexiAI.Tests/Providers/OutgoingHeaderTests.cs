using System.Diagnostics;
using FlexiAI.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>What of its callers a provider is not told.</summary>
[Collection("Activities")]
public sealed class OutgoingHeaderTests
{
    [Fact]
    public async Task A_provider_learns_nothing_of_the_callers_trace()
    {
        await using var server = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: Lab.Stop);
        await using var client = new FlexiClient(new FlexiOptions { Providers = [PostingProvider.At(server.BaseUrl)] });

        var ended = await Traced.By(async () =>
        {
            Activity.Current!.AddBaggage("tenant", "acme").TraceStateString = "vendor=1";
            await client.GetResponseAsync("Hello", cancellationToken: Lab.Stop);
        });

        Assert.Single(ended.Attempts());
        AssertNone(server, "traceparent", "tracestate", "baggage", "correlation-context", "request-id");
    }

    [Fact]
    public async Task A_cookie_that_a_provider_sets_never_comes_back_to_it()
    {
        await using var server = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: Lab.Stop);
        server.Faults.Next(Fault.Custom("sets a cookie", http =>
        {
            http.Response.Headers.SetCookie = "session=one-caller; Path=/";
            return http.Response.WriteAsync("{}", http.RequestAborted);
        }));
        await using var client = new FlexiClient(new FlexiOptions { Providers = [PostingProvider.At(server.BaseUrl)] });

        await client.GetResponseAsync("Hello", cancellationToken: Lab.Stop);
        await client.GetResponseAsync("Hello", cancellationToken: Lab.Stop);

        Assert.Equal(2, server.Requests.Count);
        AssertNone(server, "cookie");
    }

    private static void AssertNone(SimulatedProvider server, params string[] headers) => Assert.All(
        server.Requests, request => Assert.Empty(request.Headers.Keys.Intersect(headers, StringComparer.OrdinalIgnoreCase)));
}
