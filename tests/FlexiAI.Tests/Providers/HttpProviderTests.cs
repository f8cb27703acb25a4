using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>An entry whose client tells nothing of its failures, over real sockets: the wire alone decides.</summary>
public sealed class HttpProviderTests
{
    [Fact]
    public async Task The_wire_tells_kind_status_words_and_waiting_time_though_the_client_does_not()
    {
        await using var server = await StartAsync();
        server.Faults.Always(Fault.RateLimited(TimeSpan.FromSeconds(30)));
        await using var client = Client(server);

        var failure = await Assert.ThrowsAsync<AllProvidersFailedException>(() => client.GetResponseAsync("Hello", cancellationToken: Lab.Stop));

        Assert.Equal((FailureKind.RateLimited, 429, TimeSpan.FromSeconds(30)), (failure.Attempts[0].Kind, failure.Attempts[0].StatusCode, failure.Attempts[0].RetryAfter));
        Assert.DoesNotContain("Something went wrong", failure.Attempts[0].Reason, StringComparison.Ordinal);
        Assert.True(client.GetProviderStatus()[0].CircuitBreaker.Throttled);
    }

    [Theory]
    [InlineData(302, FailureKind.InvalidConfiguration)]
    [InlineData(401, FailureKind.Authentication)]
    [InlineData(404, FailureKind.ModelNotFound)]
    [InlineData(500, FailureKind.ServerError)]
    public async Task Each_status_is_of_its_kind(int status, FailureKind kind)
    {
        await using var server = await StartAsync();
        server.Faults.Always(Fault.Status(status));
        await using var client = Client(server);

        var failure = await Assert.ThrowsAsync<AllProvidersFailedException>(() => client.GetResponseAsync("Hello", cancellationToken: Lab.Stop));

        Assert.Equal((kind, status), (failure.Attempts[0].Kind, failure.Attempts[0].StatusCode));
    }

    [Fact]
    public async Task A_page_of_a_proxys_is_no_answer()
    {
        await using var server = await StartAsync();
        server.Faults.Always(Fault.Html());
        await using var client = Client(server);

        var failure = await Assert.ThrowsAsync<AllProvidersFailedException>(() => client.GetResponseAsync("Hello", cancellationToken: Lab.Stop));

        Assert.Equal(FailureKind.InvalidResponse, failure.Attempts[0].Kind);
    }

    [Fact]
    public async Task Concurrent_attempts_do_not_see_each_others_exchanges()
    {
        await using var good = await StartAsync();
        await using var bad = await StartAsync();
        bad.Faults.Always(Fault.Status(500));
        await using var client = Client(bad, good);

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetResponseAsync("Hello", cancellationToken: Lab.Stop)));

        Assert.All(responses, response => Assert.Equal("test-2", response.Provider));
        Assert.All(
            responses.SelectMany(response => response.Attempts).Where(attempt => attempt.Outcome == AttemptOutcome.Failure),
            attempt => Assert.Equal(500, attempt.StatusCode));
    }

    [Fact]
    public async Task Nobody_listening_is_a_network_failure()
    {
        var server = await StartAsync();
        await using var client = Client(server);
        await server.DisposeAsync();

        var failure = await Assert.ThrowsAsync<AllProvidersFailedException>(() => client.GetResponseAsync("Hello", cancellationToken: Lab.Stop));

        Assert.Equal((FailureKind.Network, null), (failure.Attempts[0].Kind, failure.Attempts[0].StatusCode));
    }

    [Fact]
    public async Task A_handler_of_the_users_own_is_used_and_recorded()
    {
        var entry = PostingProvider.At("http://localhost");
        entry.HttpHandlerFactory = () => new StubHandler(_ => new HttpResponseMessage(System.Net.HttpStatusCode.PaymentRequired));
        await using var client = new FlexiClient(new FlexiOptions { Providers = [entry] });

        var failure = await Assert.ThrowsAsync<AllProvidersFailedException>(() => client.GetResponseAsync("Hello", cancellationToken: Lab.Stop));

        Assert.Equal((FailureKind.QuotaExhausted, 402), (failure.Attempts[0].Kind, failure.Attempts[0].StatusCode));
    }

    private static Task<SimulatedProvider> StartAsync() => SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: Lab.Stop);

    private static FlexiClient Client(params SimulatedProvider[] servers) => new(new FlexiOptions
    {
        Providers = [.. servers.Select((server, i) => PostingProvider.At(server.BaseUrl, i + 1))],
    });
}
