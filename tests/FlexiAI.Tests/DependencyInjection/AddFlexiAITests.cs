using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

public sealed class AddFlexiAITests
{
    private readonly ServiceCollection _services = [];
    private readonly FakeChat _a = new("a");

    [Fact]
    public async Task A_client_configured_in_code_is_one_client_under_all_its_types()
    {
        _services.AddFlexiAI(options => options.Providers.Add(new ChatClientProvider("a", _a)));
        await using (var provider = _services.BuildServiceProvider())
        {
            var client = provider.GetRequiredService<FlexiClient>();

            Assert.Same(client, provider.GetRequiredService<IChatClient>().GetService<FlexiClient>());
            Assert.Same(client.EmbeddingGenerator, provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
            Assert.Equal("a", (await provider.GetRequiredService<IChatClient>().GetResponseAsync("Hello", cancellationToken: Lab.Stop)).Provider);
        }

        Assert.Equal(1, _a.Disposals);
    }

    [Fact]
    public async Task Keyed_clients_stand_beside_each_other()
    {
        _services.AddKeyedFlexiAI("one", options => options.Providers.Add(new ChatClientProvider("a", _a)));
        _services.AddKeyedFlexiAI(2, options => options.Providers.Add(new ChatClientProvider("b", new FakeChat("b"))));
        await using var provider = _services.BuildServiceProvider();

        Assert.Equal("a", provider.GetRequiredKeyedService<FlexiClient>("one").GetProviderStatus()[0].Name);
        Assert.Equal("b", (await provider.GetRequiredKeyedService<IChatClient>(2).GetResponseAsync("Hello", cancellationToken: Lab.Stop)).Provider);
        Assert.NotNull(provider.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(2));
        Assert.Null(provider.GetService<FlexiClient>());
    }

    [Fact]
    public async Task Middleware_of_the_ecosystem_composes_around_it()
    {
        var turns = 0;
        _a.Reply = _ => Task.FromResult(++turns == 1
            ? new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "now")])) { FinishReason = ChatFinishReason.ToolCalls }
            : Answers.Text("It is noon."));
        _services.AddFlexiAI(options => options.Providers.Add(new ChatClientProvider("a", _a))).UseFunctionInvocation();
        await using var provider = _services.BuildServiceProvider();

        var response = await provider.GetRequiredService<IChatClient>()
            .GetResponseAsync("What time is it?", new() { Tools = [AIFunctionFactory.Create(() => "noon", "now")] }, Lab.Stop);

        Assert.Equal(("It is noon.", "a", 2), (response.Text, response.Provider, _a.Calls));
    }

    [Fact]
    public async Task The_clock_comes_from_the_services()
    {
        var time = new FakeTimeProvider();
        _services.AddSingleton<TimeProvider>(time);
        _services.AddFlexiAI(options => options.Providers.Add(new ChatClientProvider("a", _a.Waiting())));
        await using var provider = _services.BuildServiceProvider();
        var asking = provider.GetRequiredService<IChatClient>().GetResponseAsync("Hello", cancellationToken: Lab.Stop);

        time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(FailureKind.Timeout, (await Assert.ThrowsAsync<AllProvidersFailedException>(() => asking)).Attempts[0].Kind);
    }

    [Fact]
    public async Task Wrong_options_are_found_at_start_by_name()
    {
        _services.AddFlexiAI(options => options.MaxAttempts = 0);
        _services.AddKeyedFlexiAI("key", options => options.Providers.Add(new ChatClientProvider("a", _a) { Priority = 0 }));
        await using var provider = _services.BuildServiceProvider();

        var failure = Assert.Throws<AggregateException>(provider.GetRequiredService<IStartupValidator>().Validate);

        Assert.Equal(
            ["Providers is empty; allowed: at least one provider.", "MaxAttempts is 0; allowed: 1 to 1,000.", "Providers[0] (a): Priority is 0; allowed: 1 and above."],
            failure.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures));
    }

    [Fact]
    public async Task Right_options_pass_at_start()
    {
        _services.AddFlexiAI(options => options.Providers.Add(new ChatClientProvider("a", _a)));
        await using var provider = _services.BuildServiceProvider();

        provider.GetRequiredService<IStartupValidator>().Validate();

        Assert.Equal(0, _a.Calls);
    }

    [Fact]
    public void Null_arguments_are_refused()
    {
        Assert.Throws<ArgumentNullException>("services", () => FlexiServiceCollectionExtensions.AddFlexiAI(null!, _ => { }));
        Assert.Throws<ArgumentNullException>("configure", () => _services.AddFlexiAI(null!));
        Assert.Throws<ArgumentNullException>("configuration", () => _services.AddFlexiAI(null!, _ => { }));
        Assert.Throws<ArgumentNullException>("serviceKey", () => _services.AddKeyedFlexiAI(null!, _ => { }));
        Assert.Throws<ArgumentNullException>("builder", () => CircuitBreakerChatClientBuilderExtensions.UseCircuitBreaker(null!));
    }
}
