using System.Net;
using System.Net.Sockets;
using System.Text;
using FlexiAI;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace FlexiAI.Tests;

/// <summary>A gateway on a real socket with a few endpoints of its own, and everything that it logged.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    public const string ClientKey = "client-key-0123456789abcdef";
    public const string AdminKey = "admin-key-0123456789abcdef";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeLoggerProvider _log;

    private GatewayUnderTest(WebApplication app, HttpClient http, FakeLoggerProvider log)
    {
        App = app;
        Http = http;
        _log = log;
    }

    public WebApplication App { get; }

    public HttpClient Http { get; }

    public int Port => Http.BaseAddress!.Port;

    public GatewayDrain Drain => App.Services.GetRequiredService<GatewayDrain>();

    public IEnumerable<string> Lines => _log.Collector.GetSnapshot().Select(record => record.Message);

    /// <param name="configure">Changes the options, which have both keys.</param>
    /// <param name="map">Maps endpoints beside those that every gateway under test has.</param>
    /// <param name="services">Changes the services.</param>
    /// <param name="url">Where to listen.</param>
    public static async Task<GatewayUnderTest> StartAsync(
        Action<GatewayOptions>? configure = null,
        Action<WebApplication>? map = null,
        Action<IServiceCollection>? services = null,
        string url = "http://127.0.0.1:0")
    {
        var log = new FakeLoggerProvider();
        var app = Build(log, configure, map, services, url);
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        return new(app, http, log);
    }

    public static void WithoutKeys(GatewayOptions options)
    {
        options.ClientKeys.Clear();
        options.AdminKeys.Clear();
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>Writes text to a connection as it is, and reads until the gateway closes it.</summary>
    public async Task<string> RawAsync(string text, bool hangUp = false)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, Port, TestContext.Current.CancellationToken);
        var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);
        if (hangUp)
        {
            tcp.Client.Shutdown(SocketShutdown.Send);
        }

        var reply = new MemoryStream();
        try
        {
            await stream.CopyToAsync(reply, TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // The gateway may reset a connection whose request it did not read to the end.
        }

        return Encoding.Latin1.GetString(reply.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.DisposeAsync();
        _log.Dispose();
    }

    private static WebApplication Build(
        FakeLoggerProvider log, Action<GatewayOptions>? configure, Action<WebApplication>? map, Action<IServiceCollection>? services, string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).LeaveOutRequests().AddProvider(log);
        builder.Services.AddFlexiAI(options => options.Providers.Add(new ChatClientProvider("only", new NoChat())));
        builder.Services.AddFlexiGateway(options =>
        {
            options.ClientKeys.Add(ClientKey);
            options.AdminKeys.Add(AdminKey);
            configure?.Invoke(options);
        });
        services?.Invoke(builder.Services);
        var app = builder.Build();

        // Its own endpoints stand where the gateway's would.
        app.MapHealth();
        app.MapPost("/v1/echo", EchoAsync).RequireClientKey().LimitConcurrency();
        app.MapPost("/v1/messages", EchoAsync).RequireClientKey().LimitConcurrency();
        app.MapGet("/v1/models", context => context.Response.WriteAsync("models")).RequireClientKey();
        app.MapGet("/status", context => context.Response.WriteAsync("status")).RequireAdminKey();
        app.MapPost("/reset", context => context.Response.WriteAsync("reset")).RequireAdminKey();
        map?.Invoke(app);
        return app;
    }

    private static async Task EchoAsync(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value;
        using var body = await RequestBody.ReadAsync(context, options, CancellationToken.None);
        await context.Response.Body.WriteAsync(body.Memory, context.RequestAborted);
    }

    private sealed class NoChat : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
