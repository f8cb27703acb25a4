using StackExchange.Redis;

namespace FlexiAI.Tests;

/// <summary>What sharing was told does not fit the server.</summary>
public sealed class WrongTests
{
    private const string Password = "not-the-right-one";

    public static TheoryData<string> Connections => new(
        $"{{0}},password={Password},connectTimeout=1000",
        $"{{0}},password={Password},ssl=true,connectTimeout=1000",
        $"nowhere.invalid:6379,password={Password},connectTimeout=1000");

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task A_connection_that_cannot_be_is_one_line_of_the_log_or_an_exception_without_its_password(string connection)
    {
        await using var server = await RedisServer.StartAsync("--requirepass", "the-right-one");

        var (said, e) = await AssertUnfitAsync<RedisConnectionException>(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, connection, server.Endpoint));

        Assert.DoesNotContain(Password, said + e, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",ssl=true")]
    public async Task A_server_whose_encryption_does_not_fit_is_one_line_of_the_log_or_an_exception(string encryption)
    {
        // Plain where TLS is spoken, and TLS with a certificate that nobody vouches for.
        await using var server = await TlsServer.StartAsync();
        await AssertUnfitAsync<RedisConnectionException>($"{server.Endpoint}{encryption},connectTimeout=1000");
    }

    [Fact]
    public async Task A_server_that_is_encrypted_as_the_connection_expects_is_shared_through()
    {
        await using var server = await TlsServer.StartAsync();
        var configuration = ConfigurationOptions.Parse($"{server.Endpoint},ssl=true");
        configuration.TrustIssuer(server.Certificate);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(configuration);
        await using var fleet = new SharingFleet(server.Endpoint, 2, Troubled.Slowly, redis => (redis.ConnectionString, redis.Connection) = (null, connection));
        await fleet.ConnectedAsync();

        await fleet.TripAsync(0);
        await fleet.AllAsync(CircuitState.Open);
    }

    [Fact]
    public async Task A_server_that_is_too_old_is_one_line_of_the_log_that_says_so_or_an_exception()
    {
        await using var server = await RedisServer.StartAsync();
        using var older = new ServerDetour(server) { IsOlder = true };

        var (said, thrown) = await AssertUnfitAsync<NotSupportedException>(older.Endpoint);

        Assert.Contains("the server is older than Redis 7", said, StringComparison.Ordinal);
        Assert.Matches(@"^Redis is 6\.[0-9.]+; allowed: 7\.0 or newer\.$", thrown.Message);
    }

    [Fact]
    public async Task A_server_that_is_a_newer_one_in_the_meantime_is_shared_through()
    {
        await using var server = await RedisServer.StartAsync();
        using var older = new ServerDetour(server) { IsOlder = true };
        await using var fleet = new SharingFleet(older.Endpoint, 1, share: Troubled.Often);
        await SharingFleet.UntilAsync(() => fleet.Lost() > 0, "the log says it");

        older.IsOlder = false;

        await fleet.ConnectedAsync();
        Assert.Equal((1, 1), (fleet.Lost(), fleet.Found()));
    }

    [Fact]
    public async Task A_given_connection_that_reaches_nothing_is_an_exception_where_that_is_asked_for()
    {
        await using var server = await RedisServer.StartAsync();
        await server.KillAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{server.Endpoint},abortConnect=false,connectTimeout=500");

        Assert.Throws<RedisConnectionException>(() => new SharingFleet(server.Endpoint, 1, share: redis =>
            (redis.ConnectionString, redis.Connection, redis.FailFastAtStart) = (null, connection, true)));
    }

    [Fact]
    public async Task A_client_that_ends_while_it_connects_leaves_no_connection_behind()
    {
        await using var server = await RedisServer.StartAsync();
        using var detour = new ServerDetour(server);
        server.Pause();
        var fleet = new SharingFleet(detour.Endpoint, 1);
        await SharingFleet.UntilAsync(() => detour.OpenConnections > 0, "it connects");

        await fleet.DisposeAsync();
        server.Continue();

        await SharingFleet.UntilAsync(() => detour.OpenConnections == 0, "its connections are closed");
    }

    /// <returns>What the log says, and what was thrown.</returns>
    private static async Task<(string Said, TException Thrown)> AssertUnfitAsync<TException>(string connection)
        where TException : Exception
    {
        await using var fleet = new SharingFleet(connection, 1, share: Troubled.Often);
        await SharingFleet.UntilAsync(() => fleet.Lost() > 0, "the log says it");

        // It is tried many times meanwhile.
        var traffic = new Traffic(fleet);
        await traffic.GoesOnAsync();
        await traffic.EndAsync();
        await fleet.TripAsync(0);
        Assert.Equal(CircuitState.Open, fleet.Circuit(0).State);
        Assert.False(fleet.Status(0).Sharing!.Connected);
        Assert.Equal((1, 0), (fleet.Lost(), fleet.Found()));

        var thrown = Assert.Throws<TException>(() => new SharingFleet(connection, 1, share: redis => redis.FailFastAtStart = true));
        return (string.Join('\n', fleet.Log.Lines), thrown);
    }
}
