using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace FlexiAI.FaultWall;

/// <summary>A gateway over a client, on a socket of this machine.</summary>
/// <remarks>Its own limits run in real time, as its socket does: what waits for the caller to read must not be over at once. The client's clock is the wall's.</remarks>
internal sealed class WallGateway(WebApplication app, HttpClient http) : IAsyncDisposable
{
    public string Address => http.BaseAddress!.OriginalString;

    public static async Task<WallGateway> StartAsync(FlexiClient client)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(client);
        builder.Services.AddFlexiGateway();
        var app = builder.Build();
        app.MapFlexiAI();
        await app.StartAsync();
        return new WallGateway(app, new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(app.Urls.Single()) });
    }

    /// <summary>Adds to replies what the gateway tells of their requests to those who look after it.</summary>
    public async Task<IReadOnlyList<Reply>> CompleteAsync(IReadOnlyList<Reply> replies)
    {
        var log = await GatewayLog.ReadAsync(http);
        return [.. replies.Select(log.Complete)];
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }
}
