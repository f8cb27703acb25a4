using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlexiAI.Tests;

/// <summary>Something at an address that is no gateway.</summary>
internal sealed class OtherSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtherSite(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public static async Task<OtherSite> StartAsync(int status, string type, Func<HttpRequest, string> body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context =>
        {
            (context.Response.StatusCode, context.Response.ContentType) = (status, type);
            return context.Response.WriteAsync(body(context.Request), context.RequestAborted);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new OtherSite(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
