using System.Net;

namespace FlexiAI.Tests;

/// <summary>The connect clock on a handler, where TLS stands or a proxy is between.</summary>
public sealed class ConnectClockHandlerTests
{
    private static readonly TimeSpan FiveSeconds = TimeSpan.FromSeconds(5);

    private readonly WatchedTime _time = new();

    [Fact]
    public async Task A_TLS_connection_that_stands_is_not_timed_any_more()
    {
        using var host = new TlsHost();
        using var http = Http(FiveSeconds, _time);
        Assert.Equal("{}", await http.GetStringAsync(host.Address, Lab.Stop));

        Assert.Equal(0, _time.Waiting(FiveSeconds));
        Assert.True(_time.WaitBegan(FiveSeconds, Lab.Stop).IsCompletedSuccessfully);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("{}", await http.GetStringAsync(host.Address, Lab.Stop));
        Assert.Equal(1, host.Connections);
    }

    [Fact]
    public async Task A_certificate_that_is_refused_leaves_no_clock_behind()
    {
        using var host = new TlsHost();
        using var http = Http(FiveSeconds, _time, trusting: false);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync(host.Address, Lab.Stop));

        Assert.Equal((HttpRequestError.SecureConnectionError, 0), (failure.HttpRequestError, _time.Waiting(FiveSeconds)));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task A_proxy_that_does_not_answer_is_given_up_at_the_connect_timeout(string scheme)
    {
        using var proxy = await UnreachableHost.StartAsync(Lab.Stop);
        using var http = Http(FiveSeconds, _time, proxy.Http);
        var asking = http.GetStringAsync(new Uri($"{scheme}://nobody.invalid/"), Lab.Stop);
        await _time.WaitBegan(FiveSeconds, Lab.Stop);

        _time.Advance(FiveSeconds);

        Assert.Equal("No connection within 5 s.", (await Assert.ThrowsAsync<AnswerException>(() => asking)).Message);
    }

    [Fact]
    public async Task A_tunnel_that_does_not_come_about_is_given_up_in_real_time()
    {
        using var proxy = new SilentHost();
        using var http = Http(TimeSpan.FromMilliseconds(100), TimeProvider.System, $"http://localhost:{proxy.Port}");

        var failure = await Assert.ThrowsAsync<AnswerException>(() => http.GetStringAsync(new Uri("https://nobody.invalid/"), Lab.Stop));

        Assert.Equal((FailureKind.Timeout, "No connection within 0.1 s."), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task A_tunnel_is_not_timed_by_time_that_is_not_the_systems()
    {
        using var proxy = new SilentHost();
        using var http = Http(FiveSeconds, _time, $"http://localhost:{proxy.Port}");
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Lab.Stop);
        var asking = http.GetStringAsync(new Uri("https://nobody.invalid/"), caller.Token);
        await proxy.SpokenTo(Lab.Stop);

        Assert.Equal(0, _time.Waiting(FiveSeconds));
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    private static HttpClient Http(TimeSpan limit, TimeProvider time, string? proxy = null, bool trusting = true)
    {
        var handler = new SocketsHttpHandler { Proxy = proxy is null ? null : new WebProxy(proxy), UseProxy = proxy is not null };
        if (trusting)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
        }

        var clock = new ConnectClock(limit, time);
        clock.Attach(handler);
        return new HttpClient(new HttpExchangeRecorder(handler, clock));
    }
}
