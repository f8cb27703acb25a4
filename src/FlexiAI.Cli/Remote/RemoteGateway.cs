using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;
using GatewayStats = FlexiAI.StatsReport;
using GatewayStatus = FlexiAI.StatusReport;

namespace FlexiAI.Cli;

/// <summary>A gateway that runs somewhere, asked over HTTP.</summary>
internal sealed class RemoteGateway : IDisposable
{
    private const int LargestReply = 16 * 1024 * 1024;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly RemoteRefusal _refusal;

    private RemoteGateway(Uri address, string? key)
    {
        (Address, _refusal) = (address, new RemoteRefusal(address, key));

        // A redirect leads to something else than was named, and a proxy from the environment does not reach this machine's own loopback.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = !address.IsLoopback, ConnectTimeout = ConnectTimeout })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (key is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    public Uri Address { get; }

    /// <exception cref="InputException">The address or the key is not one.</exception>
    public static RemoteGateway Open(string? url, Func<string, string?> environment) => new(GatewayAddress.Read(url, environment), AdminKey.Read(environment));

    public Task<GatewayStatus> GetStatusAsync(CancellationToken cancelled) => AskAsync(HttpMethod.Get, "status", RemoteJson.Types.StatusReport, cancelled);

    public Task<GatewayStats> GetStatsAsync(CancellationToken cancelled) => AskAsync(HttpMethod.Get, "stats", RemoteJson.Types.StatsReport, cancelled);

    /// <summary>Has the gateway do something.</summary>
    /// <param name="path">What, such as <c>circuits/openai/reset</c>; names in it are encoded.</param>
    /// <param name="cancelled">Gives up.</param>
    /// <returns>How it is now.</returns>
    public Task<GatewayStatus> OperateAsync(string path, CancellationToken cancelled) => AskAsync(HttpMethod.Post, path, RemoteJson.Types.StatusReport, cancelled);

    /// <summary>Begins to listen to the gateway's news.</summary>
    public async Task<RemoteEvents> ListenAsync(CancellationToken cancelled)
    {
        using var limit = new RemoteTimeLimit(Patience, cancelled);
        var response = await SendAsync(HttpMethod.Get, "events", limit).ConfigureAwait(false);
        if (response.Content.Headers.ContentType is { MediaType: "text/event-stream" })
        {
            return new RemoteEvents(response, _refusal);
        }

        using (response)
        {
            throw _refusal.Foreign($"its events are {response.Content.Headers.ContentType?.MediaType ?? "of no type"}");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> AskAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> type, CancellationToken cancelled)
        where T : class
    {
        using var limit = new RemoteTimeLimit(Patience, cancelled);
        using var response = await SendAsync(method, path, limit).ConfigureAwait(false);
        return RemoteJson.Read(await ReadAsync(response, limit).ConfigureAwait(false), type)
            ?? throw _refusal.Foreign($"its answer is {response.Content.Headers.ContentType?.MediaType ?? "of no type"} that says something else");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, RemoteTimeLimit limit)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path));
        var response = await GuardAsync(() => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token), limit).ConfigureAwait(false);
        if (response.StatusCode is System.Net.HttpStatusCode.OK)
        {
            return response;
        }

        using (response)
        {
            throw _refusal.Of(response.StatusCode, response.Content.Headers.ContentType, await ReadAsync(response, limit).ConfigureAwait(false));
        }
    }

    private Task<string> ReadAsync(HttpResponseMessage response, RemoteTimeLimit limit) => GuardAsync(
        async () =>
        {
            await response.Content.LoadIntoBufferAsync(LargestReply, limit.Token).ConfigureAwait(false);
            return System.Text.Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false));
        },
        limit);

    private async Task<T> GuardAsync<T>(Func<Task<T>> work, RemoteTimeLimit limit)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError)
        {
            throw _refusal.Foreign("it does not speak HTTP");
        }
        catch (HttpRequestException e)
        {
            throw _refusal.Unreachable(e.InnerException is System.Security.Authentication.AuthenticationException or System.Net.Sockets.SocketException ? e.InnerException.Message : e.Message);
        }
        catch (IOException e)
        {
            throw _refusal.Unreachable(e.Message);
        }
        catch (OperationCanceledException) when (limit.IsOver)
        {
            throw _refusal.Unreachable($"no answer within {Words.Seconds(Patience)}");
        }
    }
}
