using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FlexiAI.Tests;

public sealed class DoorTests
{
    [Fact]
    public async Task A_stream_holds_its_place_until_it_ends_and_then_frees_it()
    {
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var gateway = await GatewayUnderTest.StartAsync(
            options => options.MaxConcurrentRequests = 1,
            app => app.MapPost("/v1/stream", async context =>
            {
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await finish.Task;
            }).RequireClientKey().LimitConcurrency());
        var key = ("x-api-key", GatewayUnderTest.ClientKey);
        using var running = await gateway.SendAsync(HttpMethod.Post, "/v1/stream", "{}", key);
        using var over = await gateway.SendAsync(HttpMethod.Post, "/v1/echo", "{}", key);
        using var unlimited = await gateway.SendAsync(HttpMethod.Get, "/v1/models", null, key);
        using var stranger = await gateway.SendAsync(HttpMethod.Post, "/v1/echo", "{}");
        finish.SetResult();
        await running.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        // The caller has the end of the stream a moment before the place is free.
        var after = await gateway.SendAsync(HttpMethod.Post, "/v1/echo", "{}", key);
        for (var i = 0; i < 100 && after.StatusCode == HttpStatusCode.TooManyRequests; i++)
        {
            after.Dispose();
            after = await gateway.SendAsync(HttpMethod.Post, "/v1/echo", "{}", key);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, over.StatusCode);
        Assert.Equal("1", over.Headers.RetryAfter?.ToString());
        Assert.Equal(HttpStatusCode.OK, unlimited.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        after.Dispose();
    }
}
