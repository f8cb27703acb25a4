using StackExchange.Redis;

namespace FlexiAI.Tests;

/// <summary>Requests cost Redis nothing unless they test a recovery.</summary>
public sealed class QuietTests
{
    [Theory]
    [InlineData(CircuitState.Closed)]
    [InlineData(CircuitState.Open)]
    public async Task Ten_thousand_requests_of_a_closed_or_open_circuit_are_no_command(CircuitState state)
    {
        await using var server = await RedisServer.StartAsync();
        await using var admin = await StoreServers.ConnectAsync(server.Endpoint);
        await using var fleet = new SharingFleet(server.Endpoint, 2, Troubled.Slowly, Troubled.Seldom);
        await fleet.ConnectedAsync();
        if (state == CircuitState.Open)
        {
            await fleet.TripAsync(0);
            await fleet.AllAsync(state);
        }

        var before = await SettledAsync(admin.GetDatabase());
        for (var i = 0; i < 10_000; i++)
        {
            await fleet.AskAsync(i % 2);
        }

        Assert.Equal(before, await ScriptsAsync(admin.GetDatabase()));
        await fleet.AllAsync(state);
    }

    // The news of the trip are still being read.
    private static async Task<string[]> SettledAsync(IDatabase database)
    {
        var now = await ScriptsAsync(database);
        string[] before;
        do
        {
            before = now;
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, SharingFleet.Stop);
            now = await ScriptsAsync(database);
        }
        while (!before.SequenceEqual(now));

        return now;
    }

    // What the connection does to stay alive is none of the requests'.
    private static async Task<string[]> ScriptsAsync(IDatabase database) =>
        [.. ((string)(await database.ExecuteAsync("INFO", "commandstats"))!)
            .Split('\n')
            .Select(line => line.Split(',')[0])
            .Where(line => line.StartsWith("cmdstat_", StringComparison.Ordinal)
                && !line.StartsWith("cmdstat_info", StringComparison.Ordinal)
                && !line.StartsWith("cmdstat_ping", StringComparison.Ordinal)
                && !line.StartsWith("cmdstat_echo", StringComparison.Ordinal))];
}
