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
    public async Task A_connection_that_cannot_be_is_one_line_of_the_log_without_its_password_and_requests_go_on(string connection)
    {
        await using var server = await RedisServer.StartAsync("--requirepass", "the-right-one");
        await using var fleet = new SharingFleet(string.Format(System.Globalization.CultureInfo.InvariantCulture, connection, server.Endpoint), 1, share: Troubled.Often);

        Assert.Equal("primary", (await fleet.AskAsync(0)).Provider);
        await SharingFleet.UntilAsync(() => fleet.Lost() > 0, "the log says it");
        await fleet.TripAsync(0);
        Assert.Equal(CircuitState.Open, fleet.Circuit(0).State);

        Assert.False(fleet.Status(0).Sharing!.Connected);
        Assert.Equal((1, 0), (fleet.Lost(), fleet.Found()));
        Assert.DoesNotContain(fleet.Log.Lines, line => line.Contains(Password, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task It_is_an_exception_where_that_is_asked_for(string connection)
    {
        await using var server = await RedisServer.StartAsync("--requirepass", "the-right-one");

        var e = Assert.ThrowsAny<RedisConnectionException>(() => new SharingFleet(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, connection, server.Endpoint), 1, share: redis => redis.FailFastAtStart = true));

        Assert.DoesNotContain(Password, e.ToString(), StringComparison.Ordinal);
    }
}
