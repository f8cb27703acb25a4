using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

public sealed class DrainTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static (string, string) Key => ("x-api-key", GatewayUnderTest.ClientKey);

    [Fact]
    public async Task A_running_stream_finishes_while_the_application_stops()
    {
        await using var gateway = await StartAsync();
        using var reply = await gateway.SendAsync(HttpMethod.Post, "/v1/stream", "{}", Key);
        await _running.Task.WaitAsync(GatewayUnderTest.Patience, Token);
        var stopping = gateway.App.StopAsync(Token);
        await StoppingAsync(gateway);
        Assert.Equal(1, gateway.Drain.Running);
        Assert.False(stopping.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(29));
        _finish.SetResult();
        Assert.Equal("begun finished", await reply.Content.ReadAsStringAsync(Token).WaitAsync(GatewayUnderTest.Patience, Token));
        await stopping.WaitAsync(GatewayUnderTest.Patience, Token);
        Assert.Equal(0, gateway.Drain.Running);
    }

    [Fact]
    public async Task A_stream_that_runs_too_long_is_told_and_has_time_for_its_last_words()
    {
        await using var gateway = await StartAsync();
        using var reply = await gateway.SendAsync(HttpMethod.Post, "/v1/stream", "{}", Key);
        await _running.Task.WaitAsync(GatewayUnderTest.Patience, Token);
        var stopping = gateway.App.StopAsync(Token);
        await StoppingAsync(gateway);
        Assert.False(gateway.Drain.Ending.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("begun told", await reply.Content.ReadAsStringAsync(Token).WaitAsync(GatewayUnderTest.Patience, Token));
        await stopping.WaitAsync(GatewayUnderTest.Patience, Token);
    }

    [Fact]
    public async Task While_it_stops_the_gateway_lets_no_new_request_in_and_is_not_ready()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.App.Lifetime.StopApplication();
        await StoppingAsync(gateway);
        using var late = await gateway.SendAsync(HttpMethod.Post, "/v1/echo", "{}", Key);
        using var ready = await gateway.SendAsync(HttpMethod.Get, "/readyz");
        using var alive = await gateway.SendAsync(HttpMethod.Get, "/healthz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, late.StatusCode);
        Assert.Equal("1", late.Headers.RetryAfter?.ToString());
        Assert.True(late.Headers.ConnectionClose);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("""{"status":"draining"}""", await ready.Content.ReadAsStringAsync(Token));
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Fact]
    public async Task The_host_waits_longer_than_requests_may_drain()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(options => options.DrainTimeout = TimeSpan.FromMinutes(2));
        Assert.Equal(TimeSpan.FromSeconds(125), gateway.App.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
    }

    private async Task<GatewayUnderTest> StartAsync() => await GatewayUnderTest.StartAsync(
        services: services => services.AddSingleton<TimeProvider>(_time),
        map: app => app.MapPost("/v1/stream", async context =>
        {
            await context.Response.WriteAsync("begun", Token);
            await context.Response.Body.FlushAsync(Token);
            _running.SetResult();
            var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = context.RequestServices.GetRequiredService<GatewayDrain>().Ending.Register(told.SetResult);
            var first = await Task.WhenAny(_finish.Task, told.Task);
            await context.Response.WriteAsync(first == told.Task ? " told" : " finished", Token);
        }).RequireClientKey().LimitConcurrency());

    private static async Task StoppingAsync(GatewayUnderTest gateway)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = gateway.Drain.Draining.Register(stopping.SetResult);
        await stopping.Task.WaitAsync(GatewayUnderTest.Patience, Token);
    }
}
