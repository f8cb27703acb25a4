using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlexiAI.Samples;

internal static class GatewayInAnApp
{
    public static async Task RunAsync(Simulation simulation)
    {
        // The file that is read is beside the program, wherever that is started.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        // snippet: gateway-app-configured
        builder.Services.AddFlexiAI(builder.Configuration.GetSection("FlexiAI"), flexi => flexi.AddOpenAI().AddAnthropic().AddGoogle());
        builder.Services.AddFlexiGateway(builder.Configuration.GetSection("Gateway"));
        builder.Services.AddFlexiGatewayTelemetry(builder.Configuration.GetSection("Telemetry"));
        // end snippet
        builder.Services.PostConfigure<FlexiOptions>(simulation.Redirect);
        await using var app = builder.Build();
        // snippet: gateway-app-prefix
        app.MapGroup("/genai").MapFlexiAI();
        // end snippet
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();

        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var response = await http.PostAsJsonAsync(
            "/genai/v1/chat/completions", new { model = "fast", messages = new[] { new { role = "user", content = "Hello" } } });
        Console.WriteLine($"Answered by {response.Headers.GetValues("x-flexiai-provider").Single()}");
        Console.WriteLine($"GET /genai/metrics: {(int)(await http.GetAsync("/genai/metrics")).StatusCode}");
    }
}
