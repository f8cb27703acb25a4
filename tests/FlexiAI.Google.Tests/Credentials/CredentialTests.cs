using System.Text;
using System.Text.Json;
using System.Web;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>Where Vertex AI's access tokens come from, over real sockets.</summary>
public class CredentialTests
{
    [Fact]
    public async Task A_service_accounts_json_gets_one_token_for_many_calls()
    {
        await using var pair = await PairAsync((entry, wall) => entry.ServiceAccountJson = ServiceAccount.Json(wall.TokenUrl));
        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => pair.AskAsync(streamed: i % 2 == 0)));
        Assert.All(responses, response => Assert.Equal("Hello from primary", response.Text));
        var token = Assert.Single(Tokens(pair));
        var form = HttpUtility.ParseQueryString(token.Body);
        Assert.Equal("urn:ietf:params:oauth:grant-type:jwt-bearer", form["grant_type"]);
        var claims = JsonElement.Parse(Encoding.UTF8.GetString(Base64Url(form["assertion"]!.Split('.')[1])));
        Assert.Equal("https://www.googleapis.com/auth/cloud-platform", claims.GetProperty("scope").GetString());
        Assert.Equal("tester@my-project.iam.gserviceaccount.com", claims.GetProperty("iss").GetString());
        Assert.All(Calls(pair), call => Assert.StartsWith("Bearer ya29.simulated-", call.Headers["authorization"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_accounts_file_is_read_when_it_is_needed()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.Delete(path);
            await using var pair = await PairAsync((entry, _) => entry.ServiceAccountFile = path);
            var before = await pair.AskAsync(streamed: false);
            Assert.Equal(("backup", FailureKind.InvalidConfiguration), (before.Provider, before.Attempts[0].Kind));
            await File.WriteAllTextAsync(path, ServiceAccount.Json(pair.Primary.TokenUrl), Make.Cancel);
            Assert.Equal("primary", (await pair.AskAsync(streamed: false)).Provider);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Application_default_credentials_are_used_when_nothing_is_configured()
    {
        var path = Path.GetTempFileName();
        await using var pair = await PairAsync((_, _) => { });
        await File.WriteAllTextAsync(path, ServiceAccount.Json(pair.Primary.TokenUrl), Make.Cancel);
        Environment.SetEnvironmentVariable("GOOGLE_APPLICATION_CREDENTIALS", path);
        try
        {
            Assert.Equal("primary", (await pair.AskAsync(streamed: false)).Provider);
            Assert.Single(Tokens(pair));
        }
        finally
        {
            Environment.SetEnvironmentVariable("GOOGLE_APPLICATION_CREDENTIALS", null);
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_token_provider_is_asked_before_every_call()
    {
        var asked = 0;
        await using var pair = await PairAsync((entry, _) => entry.TokenProvider = _ => ValueTask.FromResult($"ya29.mine-{++asked}"));
        await pair.AskAsync(streamed: false);
        await pair.AskAsync(streamed: true);
        Assert.Equal(["Bearer ya29.mine-1", "Bearer ya29.mine-2"], Calls(pair).Select(call => call.Headers["authorization"]));
    }

    public static TheoryData<Func<CancellationToken, ValueTask<string>>, FailureKind, int> BadProviders => new()
    {
        { _ => throw new InvalidOperationException("no login"), FailureKind.Authentication, 1 },
        { _ => ValueTask.FromResult(""), FailureKind.Authentication, 1 },
        { _ => ValueTask.FromResult("secret\n"), FailureKind.Authentication, 1 },
        { _ => throw new HttpRequestException(HttpRequestError.ConnectionError), FailureKind.Network, 3 },
        { _ => throw new TaskCanceledException("its own timeout"), FailureKind.Timeout, 1 },
    };

    [Theory]
    [MemberData(nameof(BadProviders), DisableDiscoveryEnumeration = true)]
    public async Task A_token_provider_that_fails_fails_the_attempt(Func<CancellationToken, ValueTask<string>> provider, FailureKind kind, int attempts)
    {
        await using var pair = await PairAsync((entry, _) => entry.TokenProvider = provider);
        var response = await pair.AskAsync(streamed: false);
        Assert.Equal(Enumerable.Repeat<FailureKind?>(kind, attempts), response.Attempts.SkipLast(1).Select(attempt => attempt.Kind));
        Assert.Empty(pair.Primary.Requests);
    }

    public static TheoryData<string> BadKeys => new()
    {
        "not JSON",
        "{}",
        "null",
        """{"type":"authorized_user","client_id":"a","client_secret":"b","refresh_token":"c"}""",
        ServiceAccount.Json("http://127.0.0.1:1/token", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0IHNlY3JldCBzZWNyZXQ=\n-----END PRIVATE KEY-----\n"),
        ServiceAccount.Json("http://127.0.0.1:1/token", "c2VjcmV0IHNlY3JldCBzZWNyZXQ="),
    };

    [Theory]
    [MemberData(nameof(BadKeys), DisableDiscoveryEnumeration = true)]
    public async Task A_key_that_is_none_is_a_mistake_of_the_configuration_and_is_not_shown(string json)
    {
        await using var pair = await PairAsync((entry, _) => entry.ServiceAccountJson = json);
        pair.Backup.Faults.Always(Fault.Status(401));
        var failure = await Assert.ThrowsAsync<AllProvidersFailedException>(() => pair.AskAsync(streamed: false));
        Assert.Equal((FailureKind.InvalidConfiguration, "primary"), (failure.Attempts[0].Kind!.Value, failure.Attempts[0].Provider));
        Assert.StartsWith("ServiceAccountJson is not the JSON key of a service account", failure.Attempts[0].Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, pair.Circuit.FailureCount);
    }

    private static Task<Pair> PairAsync(Action<VertexAIProvider, SimulatedProvider> configure) => Pair.StartAsync(
        vertex: true,
        configure: (entry, wall) =>
        {
            var vertex = (VertexAIProvider)entry;
            vertex.AccessToken = null;
            configure(vertex, wall);
        });

    private static IEnumerable<SimulatedRequest> Tokens(Pair pair) => pair.Primary.Requests.Where(request => request.Operation == SimulatedOperation.Token);

    private static IEnumerable<SimulatedRequest> Calls(Pair pair) => pair.Primary.Requests.Where(request => request.Operation == SimulatedOperation.Chat);

    private static byte[] Base64Url(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}
