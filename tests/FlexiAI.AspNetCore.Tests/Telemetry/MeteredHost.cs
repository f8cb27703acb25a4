using FlexiAI.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlexiAI.Tests;

/// <summary>An application over simulated providers that is scraped as a gateway is: <c>/ask</c> and <c>/stream</c> take what is asked as the body.</summary>
internal sealed class MeteredHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private MeteredHost(WebApplication application)
    {
        _application = application;
        Http = new HttpClient { BaseAddress = new Uri(application.Urls.First()) };
    }

    public HttpClient Http { get; }

    public FlexiClient Client => _application.Services.GetRequiredService<FlexiClient>();

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static OpenAICompatibleProvider Entry(SimulatedProvider simulated, string name, int priority = 1, string model = "m") => new()
    {
        Name = name, Priority = priority, Model = model, ApiKey = "key-0123456789-very-secret", BaseUrl = simulated.BaseUrl, MaxRetries = 0,
    };

    public static async Task<MeteredHost> StartAsync(Action<FlexiOptions> client, Action<GatewayTelemetryOptions>? telemetry = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddFlexiAI(client);
        builder.Services.AddFlexiGatewayTelemetry(telemetry);
        var application = builder.Build();
        application.MapMetrics();
        application.MapPost("/ask", Ask);
        application.MapPost("/stream", Ask);
        await application.StartAsync(Stop);
        return new MeteredHost(application);
    }

    public async Task AskAsync(string text = "Hello", bool streamed = false)
    {
        using var content = new StringContent(text);
        using var response = await Http.PostAsync(streamed ? "/stream" : "/ask", content, Stop);
    }

    public async Task<Scrape> ScrapeAsync() => Scrape.Read(await Http.GetStringAsync("/metrics", Stop));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
    }

    private static async Task Ask(HttpContext http, FlexiClient client)
    {
        using var body = new System.IO.StreamReader(http.Request.Body);
        var text = await body.ReadToEndAsync(http.RequestAborted);
        var options = new ChatOptions { ModelId = text };
        try
        {
            var answer = http.Request.Path == "/stream"
                ? await client.GetStreamingResponseAsync(text, options, http.RequestAborted).ToChatResponseAsync(http.RequestAborted)
                : await client.GetResponseAsync(text, options, http.RequestAborted);
            await http.Response.WriteAsync(answer.Text, http.RequestAborted);
        }
        catch (AllProvidersFailedException)
        {
            http.Response.StatusCode = 503;
        }
    }
}
