using FlexiAI.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

/// <summary>A token endpoint that fails: the attempt fails with it, and the next provider answers.</summary>
public class TokenEndpointTests
{
    private const string InvalidGrant = """{"error":"invalid_grant","error_description":"Invalid JWT Signature."}""";

    public static TheoryData<string, Fault, FailureKind, int> Rows => new()
    {
        { "invalid grant", Fault.Status(400, InvalidGrant), FailureKind.Authentication, 1 },
        { "401", Fault.Status(401, """{"error":"invalid_client"}"""), FailureKind.Authentication, 1 },
        { "403 without a body", Fault.Status(403, ""), FailureKind.Authentication, 1 },
        { "429", Fault.Status(429, """{"error":"rate_limit_exceeded"}"""), FailureKind.RateLimited, 1 },
        { "500", Fault.Status(500, """{"error":"internal_failure"}"""), FailureKind.ServerError, 3 },
        { "503 without a body", Fault.Status(503, ""), FailureKind.ServerError, 3 },
        { "502 of a proxy", Fault.Status(502, "<html>Bad gateway</html>", "text/html"), FailureKind.ServerError, 3 },
        { "HTML", Fault.Html(), FailureKind.InvalidResponse, 1 },
        { "empty", Fault.Status(200, ""), FailureKind.InvalidResponse, 1 },
        { "no token", Fault.Status(200, "{}"), FailureKind.InvalidResponse, 1 },
        { "reset", Fault.Reset(), FailureKind.Network, 3 },
    };

    [Theory]
    [MemberData(nameof(Rows), DisableDiscoveryEnumeration = true)]
    public async Task Each_failure_of_the_token_endpoint_has_its_kind(string name, Fault fault, FailureKind kind, int requests)
    {
        Assert.NotEmpty(name);
        foreach (var streamed in (bool[])[false, true])
        {
            await using var pair = await PairAsync();
            pair.Primary.TokenFaults.Always(fault);
            var response = await pair.AskAsync(streamed);
            Assert.Equal("backup", response.Provider);
            Assert.Equal(
                Enumerable.Repeat<FailureKind?>(kind, requests),
                response.Attempts.Where(attempt => attempt.Provider == "primary").Select(attempt => attempt.Kind));
            Assert.Equal(requests, pair.Primary.Requests.Count);
            Assert.Equal(1, pair.Circuit.FailureCount);

            pair.Primary.TokenFaults.Clear();
            pair.Client.ResetCircuitBreakers();
            Assert.Equal("primary", (await pair.AskAsync(streamed)).Provider);
        }
    }

    [Fact]
    public async Task The_reason_is_told_and_the_key_is_not()
    {
        await using var pair = await PairAsync();
        pair.Primary.TokenFaults.Always(Fault.Status(400, InvalidGrant));
        pair.Backup.Faults.Always(Fault.Status(401));
        var failure = await Assert.ThrowsAsync<AllProvidersFailedException>(() => pair.AskAsync(streamed: false));
        Assert.Contains("primary: Authentication, HTTP 400: invalid_grant", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(ServiceAccount.KeyLine, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("assertion", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_connection_is_a_network_failure()
    {
        await using var pair = await PairAsync(wall => new UriBuilder(wall.TokenUrl) { Port = 1 }.Uri.AbsoluteUri);
        var response = await pair.AskAsync(streamed: false);
        Assert.All(response.Attempts.SkipLast(1), attempt => Assert.Equal(FailureKind.Network, attempt.Kind));
        Assert.Empty(pair.Primary.Requests);
    }

    [Fact]
    public async Task A_connection_lost_after_the_token_is_not_told_as_the_tokens_success()
    {
        await using var pair = await PairAsync();
        pair.Primary.Faults.Always(Fault.Reset());
        var response = await pair.AskAsync(streamed: false);
        Assert.Equal((FailureKind.Network, null), (response.Attempts[0].Kind, response.Attempts[0].StatusCode));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Silence_of_the_token_endpoint_is_ended_by_the_clock(bool streamed)
    {
        var time = new FakeTimeProvider();
        await using var pair = await PairAsync(time: time);
        pair.Primary.TokenFaults.Always(Fault.Silence());
        var asking = pair.AskAsync(streamed);
        await pair.Primary.WaitForRequestsAsync(1, Make.Cancel);
        time.Advance(TimeSpan.FromSeconds(60));
        var response = await asking;
        Assert.Equal(("backup", FailureKind.Timeout), (response.Provider, response.Attempts[0].Kind));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_endpoint_that_lets_nobody_connect_is_ended_by_the_connect_clock(bool streamed)
    {
        using var host = new SilentHost();
        var time = new FakeTimeProvider();
        await using var pair = await PairAsync(_ => $"{host.Https}/token", time);
        var asking = pair.AskAsync(streamed);
        await host.SpokenTo(Make.Cancel);
        time.Advance(TimeSpan.FromSeconds(5));
        var response = await asking;
        Assert.Equal(("backup", FailureKind.Timeout), (response.Provider, response.Attempts[0].Kind));
        Assert.Equal("No connection within 5 s.", response.Attempts[0].Reason);
    }

    [Fact]
    public async Task Silence_of_the_token_endpoint_is_ended_by_the_caller()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Make.Cancel);
        await using var pair = await PairAsync();
        pair.Primary.TokenFaults.Always(Fault.Silence());
        var asking = pair.AskAsync(streamed: false, cancel.Token);
        await pair.Primary.WaitForRequestsAsync(1, Make.Cancel);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(0, pair.Circuit.FailureCount);
    }

    [Fact]
    public async Task A_caller_who_gives_up_does_not_take_the_token_from_the_others()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Make.Cancel);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var pair = await PairAsync();
        pair.Primary.TokenFaults.Next(Fault.Custom("late token", async context =>
        {
            await release.Task.WaitAsync(context.RequestAborted);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"access_token":"ya29.late","expires_in":3599,"token_type":"Bearer"}""", context.RequestAborted);
        }));
        var first = pair.AskAsync(streamed: false, cancel.Token);
        await pair.Primary.WaitForRequestsAsync(1, Make.Cancel);
        var second = pair.AskAsync(streamed: false);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        release.SetResult();
        Assert.Equal("primary", (await second).Provider);
        Assert.Single(pair.Primary.Requests, request => request.Operation == SimulatedOperation.Token);
        Assert.Equal("Bearer ya29.late", pair.Primary.Requests[^1].Headers["authorization"]);
    }

    private static Task<Pair> PairAsync(Func<SimulatedProvider, string>? tokenUrl = null, TimeProvider? time = null) => Pair.StartAsync(
        vertex: true,
        time,
        configure: (entry, wall) =>
        {
            var vertex = (VertexAIProvider)entry;
            vertex.AccessToken = null;
            vertex.ServiceAccountJson = ServiceAccount.Json(tokenUrl?.Invoke(wall) ?? wall.TokenUrl);
        });
}
