using FlexiAI.Cli;
using FlexiAI.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FlexiAI.Tests;

/// <summary>The gateway of <c>flexiai serve</c> in this process, before simulated providers.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    public const string ClientKey = "client-key-not-to-be-shown";
    public const string AdminKey = "admin-key-not-to-be-shown";

    private readonly WebApplication _app;
    private readonly SimulatedProvider _provider;

    private TestGateway(WebApplication app, SimulatedProvider provider) => (_app, _provider) = (app, provider);

    public string Url => _app.Urls.First();

    public FlexiClient Client => _app.Services.GetRequiredService<FlexiClient>();

    public int Watchers => _app.Services.GetRequiredService<StatusFeed>().Watchers;

    public static async Task<TestGateway> StartAsync(bool keys = false, string url = "http://127.0.0.1:0", params string[] names)
    {
        var provider = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, new SimulatedProviderOptions(), TestContext.Current.CancellationToken);
        var options = new FlexiOptions
        {
            Providers = [.. names.Select((name, i) => new OpenAIProvider { Name = name, Model = $"model-{i + 1}", Priority = i + 1, ApiKey = Config.Key, BaseUrl = provider.BaseUrl })],
        };
        var gateway = new GatewayOptions { ClientKeys = keys ? [ClientKey] : [], AdminKeys = keys ? [AdminKey] : [] };
        var app = ServeApplication.Create(new ServeSettings(options, gateway, new ConfigurationBuilder().Build(), ""), [url], faults: null, source: null);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestGateway(app, provider);
    }

    public async Task AskAsync()
    {
        using var http = new HttpClient();
        using var content = new StringContent("""{"model":"auto","messages":[{"role":"user","content":"Hello"}]}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri($"{Url}/v1/chat/completions"), content, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public CircuitState StateOf(string name) => Client.GetProviderStatus().Single(provider => provider.Name == name).CircuitBreaker.State;

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(TestContext.Current.CancellationToken);
        await _app.DisposeAsync();
        await _provider.DisposeAsync();
    }
}
