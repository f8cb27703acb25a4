using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

public sealed class UseCircuitBreakerTests
{
    private readonly FakeChat _inner = new("inner");
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_single_client_fails_fast_while_its_circuit_is_open_and_recovers()
    {
        var client = Build(CircuitBreakerOptions.Development);
        _inner.Failing(FailureKind.ServerError);
        await FailAsync(client);
        await FailAsync(client);

        var failure = await FailAsync(client);
        Assert.Equal((2, SkipReason.CircuitOpen, TimeSpan.FromSeconds(10)), (_inner.Calls, failure.Attempts[0].SkipReason, failure.RetryAfter));

        _time.Advance(TimeSpan.FromSeconds(10));
        _inner.Healthy();
        Assert.Equal("Hello from inner", (await client.GetResponseAsync("Hello", cancellationToken: Lab.Stop)).Text);
    }

    [Fact]
    public async Task Its_entry_can_be_configured()
    {
        var client = Build(options: null, entry => (entry.Name, entry.RequireFinishReason) = ("mine", false));
        _inner.Reply = _ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "x")));

        Assert.Equal("mine", (await client.GetResponseAsync("Hello", cancellationToken: Lab.Stop)).Provider);
    }

    [Fact]
    public async Task In_a_client_of_several_it_nests()
    {
        var inner = Build(CircuitBreakerOptions.Development);
        _inner.Failing(FailureKind.ServerError);
        await FailAsync(inner);
        await FailAsync(inner);
        await using var outer = new FlexiClient(
            new FlexiOptions { Providers = [new ChatClientProvider("nested", inner) { MaxRetries = 0 }, new ChatClientProvider("b", new FakeChat("b")) { Priority = 2 }] },
            timeProvider: _time);

        var response = await outer.GetResponseAsync("Hello", cancellationToken: Lab.Stop);

        Assert.Equal(("b", "b"), (response.Provider, response.Attempts[1].Provider));
        Assert.Equal(TimeSpan.FromSeconds(10), outer.GetProviderStatus()[0].CircuitBreaker.RetryAfter);
    }

    private IChatClient Build(CircuitBreakerOptions? options, Action<ChatClientProvider>? configure = null) =>
        _inner.AsBuilder().UseCircuitBreaker(options, configure).Build(new ServiceCollection().AddSingleton<TimeProvider>(_time).BuildServiceProvider());

    private static Task<AllProvidersFailedException> FailAsync(IChatClient client) =>
        Assert.ThrowsAsync<AllProvidersFailedException>(() => client.GetResponseAsync("Hello", cancellationToken: Lab.Stop));
}
