using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace FlexiAI.Tests;

/// <summary>What the store does when the server does not do its part: nothing is hidden, nothing hangs, and nothing is half done.</summary>
public class TroubleTests(StoreServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_script_that_was_flushed_is_loaded_again_by_every_operation(Engine engine)
    {
        var fleet = new Fleet(servers.Database(engine));
        var a = fleet.Join("a");
        Func<Task<CircuitView>>[] operations = [a.Read, () => a.Trip(), () => a.Force(isolated: false), () => a.Acquire("probe")];
        foreach (var operation in operations)
        {
            await fleet.Database.ExecuteAsync("SCRIPT", "FLUSH");

            await operation();
        }

        await fleet.Database.ExecuteAsync("SCRIPT", "FLUSH");
        Assert.Equal(2, (await fleet.Store("a").ReadAllAsync([fleet.Circuit, fleet.Circuit], Token)).Length);
    }

    [Fact]
    public async Task A_script_that_is_known_is_sent_by_its_hash_alone()
    {
        await using var server = await RedisServer.StartAsync();
        await using var connection = await StoreServers.ConnectAsync(server.Endpoint);
        var fleet = new Fleet(connection.GetDatabase());
        var a = fleet.Join("a");
        await a.Read();
        await fleet.Database.ExecuteAsync("CONFIG", "RESETSTAT");

        await a.Trip();
        await fleet.Store("a").ReadAllAsync([fleet.Circuit, fleet.Circuit], Token);

        var statistics = (string)(await fleet.Database.ExecuteAsync("INFO", "commandstats"))!;
        Assert.Contains("cmdstat_evalsha:calls=3", statistics, StringComparison.Ordinal);
        Assert.DoesNotContain("cmdstat_eval:", statistics, StringComparison.Ordinal);
        Assert.DoesNotContain("cmdstat_script", statistics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_hangs_costs_one_timeout_and_no_more()
    {
        await using var server = await RedisServer.StartAsync();
        await using var connection = await StoreServers.ConnectAsync(server.Endpoint);
        var time = new FakeTimeProvider();
        var fleet = new Fleet(connection.GetDatabase());
        var store = new RedisCircuitStore(fleet.Database, fleet.Keys, new() { Process = "a" }, time);
        await store.ReadAsync(fleet.Circuit, Token);
        server.Pause();

        var read = store.ReadAsync(fleet.Circuit, Token);
        var all = store.ReadAllAsync([fleet.Circuit, fleet.Circuit], Token);
        time.Advance(TimeSpan.FromMilliseconds(149));
        Assert.False(read.IsCompleted || all.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        await Assert.ThrowsAsync<TimeoutException>(() => read);
        await Assert.ThrowsAsync<TimeoutException>(() => all);
        server.Continue();
        Assert.Equal(CircuitState.Closed, (await fleet.Join("a").Read()).State);
    }

    [Fact]
    public async Task A_cancelled_wait_ends_at_once()
    {
        await using var server = await RedisServer.StartAsync();
        await using var connection = await StoreServers.ConnectAsync(server.Endpoint);
        var fleet = new Fleet(connection.GetDatabase());
        server.Pause();
        using var cancelled = new CancellationTokenSource();

        var read = fleet.Store("a").ReadAsync(fleet.Circuit, cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        server.Continue();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_server_that_is_gone_fails_the_operation_and_one_that_came_back_empty_is_used_again()
    {
        await using var server = await RedisServer.StartAsync();
        var configuration = ConfigurationOptions.Parse($"{server.Endpoint},abortConnect=false,allowAdmin=true");
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ReconnectRetryPolicy = new LinearRetry(50);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(configuration);
        var fleet = new Fleet(connection.GetDatabase());
        var a = fleet.Join("a");
        await a.Trip();

        await server.KillAsync();
        await Assert.ThrowsAnyAsync<RedisException>(a.Read);
        await server.RestartAsync();

        await Eventually(async () => (await a.Read()).Epoch == 0, TestContext.Current.CancellationToken);
        Assert.Equal(CircuitState.Open, (await a.Assert(TimeSpan.FromSeconds(9))).State);
    }

    [Fact]
    public async Task A_full_server_refuses_a_transition_as_a_whole_and_can_be_read()
    {
        await using var server = await RedisServer.StartAsync();
        await using var connection = await StoreServers.ConnectAsync(server.Endpoint);
        var fleet = new Fleet(connection.GetDatabase(), new() { HalfOpenMaxCalls = 2 });
        var a = fleet.Join("a");
        await a.Trip();
        await fleet.EndBreakAsync();
        await a.Acquire("first");
        await fleet.Database.ExecuteAsync("CONFIG", "SET", "maxmemory", "1");
        var before = await fleet.StoredAsync();

        foreach (var operation in new Func<Task>[] { () => a.Acquire("second"), () => a.Renew("first", TimeSpan.FromHours(1)), () => a.Force(isolated: true) })
        {
            var e = await Assert.ThrowsAsync<RedisServerException>(operation);
            Assert.StartsWith("OOM", e.Message, StringComparison.Ordinal);
            Assert.Equal(before, await fleet.StoredAsync());
        }

        Assert.Equal((CircuitState.HalfOpen, 1), ((await a.Read()).State, (await a.Read()).Leases));

        // What frees its place first is done as a whole.
        Assert.Equal(1, (await a.Report("first", CircuitVote.Ok)).Successes);
    }

    [Theory]
    [ClassData(typeof(EachEngine))]
    public async Task A_server_that_is_too_old_is_told_so_before_anything_is_written(Engine engine)
    {
        const string Least = "0x00070000";
        Assert.Contains(Least, CircuitScript.Text, StringComparison.Ordinal);
        var script = CircuitScript.Text.Replace(Least, "0x7f000000", StringComparison.Ordinal);

        var e = await Assert.ThrowsAsync<RedisServerException>(() => servers.Database(engine).ScriptEvaluateAsync(script));

        Assert.Contains("older than Redis 7", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replica_is_never_asked()
    {
        await using var primary = await RedisServer.StartAsync();
        await using var replica = await RedisServer.StartAsync("--replicaof", "127.0.0.1", $"{primary.Port}");
        await using var connection = await StoreServers.ConnectAsync(replica.Endpoint);

        // Alone, and already known as one: there is nobody that may answer.
        await Assert.ThrowsAnyAsync<RedisException>(new Fleet(connection.GetDatabase()).Join("a").Read);
    }

    [Fact]
    public async Task A_wrong_password_is_an_error_and_the_right_one_works()
    {
        await using var server = await RedisServer.StartAsync("--requirepass", "right");
        await using var wrong = await ConnectionMultiplexer.ConnectAsync($"{server.Endpoint},password=wrong,abortConnect=false,connectTimeout=500,asyncTimeout=500");
        await using var right = await ConnectionMultiplexer.ConnectAsync($"{server.Endpoint},password=right");

        await Assert.ThrowsAnyAsync<RedisException>(new Fleet(wrong.GetDatabase()).Join("a").Read);
        Assert.True((await new Fleet(right.GetDatabase()).Join("a").Trip()).Accepted);
    }

    [Fact]
    public async Task A_user_that_may_not_publish_still_keeps_the_circuit()
    {
        await using var server = await RedisServer.StartAsync();
        await using var admin = await StoreServers.ConnectAsync(server.Endpoint);
        await admin.GetDatabase().ExecuteAsync(
            "ACL", "SETUSER", "quiet", "on", ">secret", "~{flexiai:*", "resetchannels", "+@all", "-publish");
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{server.Endpoint},user=quiet,password=secret");
        var a = new Fleet(connection.GetDatabase()).Join("a");

        await a.Trip();

        Assert.Equal(CircuitState.Open, (await a.Read()).State);
    }

    [Fact(Timeout = 60_000)]
    public async Task In_a_cluster_every_circuit_keeps_to_one_slot_whatever_its_name()
    {
        await using var server = await RedisServer.StartAsync("--cluster-enabled", "yes");
        await using var connection = await StoreServers.ConnectAsync(server.Endpoint);
        await connection.GetServer(server.Endpoint).ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        foreach (var name in new[] { "openai", "{a}b", "}{", "a:b%" })
        {
            var fleet = new Fleet(connection.GetDatabase(), quorum: 2, name: name);
            var (a, b) = (fleet.Join("a"), fleet.Join("b"));
            await Eventually(async () => (await a.Trip()).Accepted, TestContext.Current.CancellationToken);
            Assert.Equal(CircuitState.Open, (await b.Trip()).State);
            await fleet.EndBreakAsync();
            Assert.True((await b.Acquire("probe")).Accepted);
            Assert.Equal(CircuitState.Closed, (await b.Report("probe", CircuitVote.Ok)).State);
        }
    }

    private static async Task Eventually(Func<Task<bool>> isSo, CancellationToken token)
    {
        while (true)
        {
            token.ThrowIfCancellationRequested();
            try
            {
                if (await isSo())
                {
                    return;
                }
            }
            catch (RedisException)
            {
                await Task.Delay(20, token);
            }
        }
    }
}
