using FlexiAI.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlexiAI.Tests;

/// <summary>A gateway on a free port of this machine.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GatewayHost(WebApplication app) => _app = app;

    /// <summary>Scheme, address and port.</summary>
    public string Address => _app.Urls.First();

    /// <summary>Reaches the gateway; each request gets whole what was answered.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false });

    public FlexiClient Client => _app.Services.GetRequiredService<FlexiClient>();

    public IServiceProvider Services => _app.Services;

    public WebApplication App => _app;

    public static async Task<GatewayHost> StartAsync(
        FlexiOptions options, Action<GatewayOptions>? gateway = null, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(provider => new FlexiClient(options, provider.GetService<ILoggerFactory>(), provider.GetService<TimeProvider>()));
        builder.Services.AddFlexiGateway(gateway);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapFlexiAI();
        await app.StartAsync(TestContext.Current.CancellationToken);
        var host = new GatewayHost(app);
        host.Http.BaseAddress = new Uri(host.Address);
        return host;
    }

    /// <summary>A gateway over entries of the wires, the first asked first.</summary>
    public static Task<GatewayHost> StartAsync(params IEnumerable<SimulatedProvider> providers) =>
        StartAsync(Options([.. providers.Select((provider, i) => Entry(provider, i + 1))]));

    public static FlexiOptions Options(params IEnumerable<ProviderOptions> entries) => new() { Providers = [.. entries], RetryDelay = TimeSpan.Zero };

    /// <summary>An entry that is named as the simulated provider is.</summary>
    public static ProviderOptions Entry(SimulatedProvider provider, int priority = 1)
    {
        ProviderOptions entry = provider.Wire switch
        {
            SimulatedWire.OpenAI => new OpenAIProvider { EmbeddingModel = "embed-1" },
            SimulatedWire.Anthropic => new AnthropicProvider(),
            _ => new GeminiProvider { EmbeddingModel = "embed-1" },
        };
        (entry.Name, entry.Priority, entry.Model, entry.ApiKey, entry.BaseUrl) =
            (provider.Name, priority, $"{provider.Name}-model", "sk-provider-secret-0123456789", provider.BaseUrl);
        return entry;
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json, CancellationToken? cancellationToken = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        return Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken ?? TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
