namespace FlexiAI.Tests;

public sealed class RemoteErrorTests : IDisposable
{
    private readonly FlexiProcess _flexiai = new();

    public void Dispose() => _flexiai.Dispose();

    [Fact]
    public async Task Where_nothing_listens_it_says_so()
    {
        foreach (var command in new[] { "reset", "watch" })
        {
            var ending = await _flexiai.RunAsync(command, "--url", "http://127.0.0.1:1");

            Assert.Equal((1, ""), (ending.ExitCode, ending.Out));
            Assert.Matches(@"^flexiai: http://127\.0\.0\.1:1/ is not reachable \(.+\)\. To start a gateway: flexiai serve\n$", ending.Error);
        }
    }

    [Theory]
    [InlineData(200, "text/html", "<html>Welcome!</html>", "text/html that says something else")]
    [InlineData(200, "application/json", """{"version":"1","providers":null}""", "application/json that says something else")]
    [InlineData(200, "application/json", """{"version":"1","now":"2026-01-01T00:00:00Z","startedAt":"2026-01-01T00:00:00Z","uptimeSeconds":1,"ready":true,"simulated":false,"providers":[{"name":"x"}]}""", "says something else")]
    [InlineData(404, "text/html", "<html>Not here</html>", "HTTP 404, text/html")]
    [InlineData(302, "text/html", "", "HTTP 302, text/html")]
    public async Task What_is_no_gateway_is_told_from_one(int status, string type, string body, string evidence)
    {
        await using var site = await OtherSite.StartAsync(status, type, _ => body);

        (await _flexiai.RunAsync("status", "--url", site.Url)).AssertRefused($"{site.Url}/ is no FlexiAI gateway", evidence);
    }

    [Fact]
    public async Task Events_of_another_kind_are_no_gateways()
    {
        await using var page = await OtherSite.StartAsync(200, "text/html", _ => "<html>");
        await using var news = await OtherSite.StartAsync(200, "text/event-stream", _ => "event: hello\ndata: {}\n\n");

        (await _flexiai.RunAsync("watch", "--url", page.Url)).AssertRefused("is no FlexiAI gateway", "its events are text/html");
        (await _flexiai.RunAsync("watch", "--url", news.Url)).AssertRefused("is no FlexiAI gateway", "its event hello says something else");
    }

    [Fact]
    public async Task The_admin_key_comes_from_the_environment_and_is_never_shown()
    {
        await using var gateway = await TestGateway.StartAsync(keys: true, names: ["first"]);
        string[] arguments = ["status", "--url", gateway.Url];

        (await _flexiai.RunAsync(arguments)).AssertRefused("asks for an admin key (HTTP 401); allowed: one in the environment variable FLEXIAI_ADMIN_KEY.");
        var wrong = await _flexiai.With("FLEXIAI_ADMIN_KEY", "another-key-not-to-be-shown").RunAsync(arguments);
        wrong.AssertRefused("does not accept the key in FLEXIAI_ADMIN_KEY (HTTP 401)");
        var clients = await _flexiai.With("FLEXIAI_ADMIN_KEY", TestGateway.ClientKey).RunAsync(arguments);
        clients.AssertRefused("refuses (HTTP 403): A client's key does not open this endpoint");
        var unsendable = await _flexiai.With("FLEXIAI_ADMIN_KEY", "not-to-be-shown é").RunAsync(arguments);
        unsendable.AssertRefused("FLEXIAI_ADMIN_KEY holds no key that can be sent");
        var right = await _flexiai.With("FLEXIAI_ADMIN_KEY", TestGateway.AdminKey).RunAsync(arguments);
        Assert.Equal(0, right.ExitCode);
        Assert.All([wrong, clients, unsendable, right], ending => Assert.DoesNotContain("not-to-be-shown", ending.Out + ending.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_another_says_neither_shows_the_key_nor_steers_the_terminal()
    {
        await using var site = await OtherSite.StartAsync(
            503, "application/json", request => $$$"""{"error":{"type":"x","code":"x","message":"\u001b[2J{{{request.Headers.Authorization}}}\nsecond line","allowed":null}}""");
        var ending = await _flexiai.With("FLEXIAI_ADMIN_KEY", TestGateway.AdminKey).RunAsync("reset", "--url", site.Url);

        Assert.Equal(1, ending.ExitCode);
        Assert.Contains("cannot do it now (HTTP 503): ", ending.Error, StringComparison.Ordinal);
        Assert.Contains("Bearer …", ending.Error, StringComparison.Ordinal);
        ending.AssertPlain();
        Assert.Single(ending.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("localhost:8080", "--url is \"localhost:8080\"; allowed: a gateway's address")]
    [InlineData("ftp://localhost", "--url is \"ftp://localhost\"; allowed:")]
    [InlineData("http://user:not-to-be-shown@localhost", "--url holds more than an address (it is not shown)")]
    [InlineData("http://localhost/?key=not-to-be-shown", "--url holds more than an address (it is not shown)")]
    public async Task What_is_no_address_is_refused(string url, string words)
    {
        var ending = await _flexiai.RunAsync("reset", "--url", url);

        ending.AssertRefused(words);
        Assert.DoesNotContain("not-to-be-shown", ending.Error, StringComparison.Ordinal);
        (await _flexiai.With("FLEXIAI_URL", url).RunAsync("reset")).AssertRefused(words.Replace("--url", "FLEXIAI_URL", StringComparison.Ordinal));
    }
}
