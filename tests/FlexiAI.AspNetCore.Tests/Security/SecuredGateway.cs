using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace FlexiAI.Tests;

/// <summary>A whole gateway with keys, on a real socket, and everything that it logged.</summary>
internal sealed class SecuredGateway : IAsyncDisposable
{
    public const string ClientKey = "client-key-0123456789abcdef";
    public const string AdminKey = "admin-key-0123456789abcdef";

    /// <summary>Nothing about it looks like a key, and parts of it are escaped in JSON and in addresses.</summary>
    public const string ProviderKey = "Zq9+provider/credential&value";

    private readonly FakeLoggerProvider _log;

    private SecuredGateway(GatewayHost host, FakeLoggerProvider log) => (Host, _log) = (host, log);

    public GatewayHost Host { get; }

    public IReadOnlyList<FakeLogRecord> Logged => _log.Collector.GetSnapshot();

    public IReadOnlyList<RouteEndpoint> Endpoints => [.. Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>()];

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Task<SecuredGateway> StartAsync(params IReadOnlyList<ProviderOptions> entries) => StartAsync(entries, null);

    public static async Task<SecuredGateway> StartAsync(
        IReadOnlyList<ProviderOptions> entries,
        Action<GatewayOptions>? gateway,
        Action<FlexiOptions>? client = null,
        Action<IServiceCollection>? services = null)
    {
        var log = new FakeLoggerProvider();
        var options = GatewayHost.Options(entries);
        client?.Invoke(options);
        var host = await GatewayHost.StartAsync(
            options,
            configured =>
            {
                configured.ClientKeys = [ClientKey];
                configured.AdminKeys = [AdminKey];
                gateway?.Invoke(configured);
            },
            added =>
            {
                added.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).LeaveOutRequests().AddProvider(log));
                added.AddFlexiGatewayTelemetry();
                services?.Invoke(added);
            });
        return new SecuredGateway(host, log);
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? body = null, string? key = ClientKey, CancellationToken? stop = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        }

        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await Host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop ?? Stop);
    }

    public async Task<(int Status, string Text)> AskAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(HttpMethod.Post, path, body, headers: headers);
        var text = new StringBuilder();
        foreach (var header in response.Headers.Concat(response.Content.Headers))
        {
            text.Append(header.Key).Append(": ").AppendJoin(", ", header.Value).Append('\n');
        }

        try
        {
            text.Append('\n').Append(await response.Content.ReadAsStringAsync(Stop));
        }
        catch (HttpRequestException)
        {
            text.Append("(cut off)");
        }

        return ((int)response.StatusCode, text.ToString());
    }

    /// <summary>Writes text to a connection as it is, and reads until the gateway closes it.</summary>
    public async Task<string> RawAsync(string text)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, Host.Http.BaseAddress!.Port, Stop);
        var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), Stop);
        var reply = new MemoryStream();
        try
        {
            await stream.CopyToAsync(reply, Stop);
        }
        catch (IOException)
        {
            // A connection whose request was not read to its end may be reset.
        }

        return Encoding.Latin1.GetString(reply.ToArray());
    }

    /// <summary>A request as it stands on the wire.</summary>
    public static string Post(string target, string body, string headers = "") =>
        $"POST {target} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {ClientKey}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{headers}\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _log.Dispose();
    }
}
