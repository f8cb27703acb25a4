using StackExchange.Redis;

namespace FlexiAI.Tests;

/// <summary>Processes that share one circuit in a scope of its own.</summary>
internal sealed class Fleet
{
    private static int _fleets;

    public Fleet(IDatabase database, CircuitBreakerOptions? options = null, int quorum = 1, TimeSpan? timeToLive = null, string name = "openai")
    {
        Database = database;
        Options = options ?? new();
        Keys = new CircuitKeys($"fleet {Interlocked.Increment(ref _fleets)}");
        Circuit = new SharedCircuit(Keys, name, Options, quorum);
        TimeToLive = timeToLive ?? TimeSpan.FromHours(24);
    }

    public IDatabase Database { get; }

    public CircuitBreakerOptions Options { get; }

    public CircuitKeys Keys { get; }

    public SharedCircuit Circuit { get; }

    public TimeSpan TimeToLive { get; }

    private RedisKey State => Circuit.Keys[0];

    private RedisKey Leases => Circuit.Keys[1];

    public Member Join(string process) => new(Store(process), Circuit);

    // The machine of the tests may be slow: here the limit is no subject.
    public RedisCircuitStore Store(string process) =>
        new(Database, Keys, new RedisCircuitStoreOptions { Process = process, TimeToLive = TimeToLive, Timeout = TimeSpan.FromSeconds(30) });

    /// <summary>Everything that is stored, with the very moment at which it expires, as text.</summary>
    public async Task<string> StoredAsync()
    {
        var keys = Circuit.Keys;
        var hash = Database.HashGetAllAsync(keys[0]);
        var leases = Database.SortedSetRangeByRankWithScoresAsync(keys[1]);
        var votes = Database.SortedSetRangeByRankWithScoresAsync(keys[2]);
        var expiries = keys.Select(key => Database.ExecuteAsync("PEXPIRETIME", key)).ToArray();
        return Render(
            (await hash).ToDictionary(entry => entry.Name.ToString(), entry => entry.Value.ToString()),
            (await leases).ToDictionary(entry => entry.Element.ToString(), entry => (long)entry.Score),
            (await votes).ToDictionary(entry => entry.Element.ToString(), entry => (long)entry.Score),
            (await Task.WhenAll(expiries)).Select(expiry => (long)expiry));
    }

    /// <summary>How <see cref="StoredAsync"/> writes what is stored; an expiry is in milliseconds, -1 for none and -2 for no key.</summary>
    public static string Render(
        IReadOnlyDictionary<string, string> hash, IReadOnlyDictionary<string, long> leases, IReadOnlyDictionary<string, long> votes, IEnumerable<long> expiries) =>
        string.Join(
            " | ",
            string.Join(' ', hash.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}")),
            string.Join(' ', leases.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}@{entry.Value}")),
            string.Join(' ', votes.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}@{entry.Value}")),
            string.Join(' ', expiries));

    /// <summary>Time passes: the break that is stored is over.</summary>
    public Task EndBreakAsync() => Database.HashSetAsync(State, "until", 1);

    /// <summary>Time passes: the lease is over.</summary>
    public Task EndLeaseAsync(string lease) => Database.SortedSetAddAsync(Leases, lease, 1);

    /// <summary>Time passes: the process's vote is over.</summary>
    public Task EndVoteAsync(string process) => Database.SortedSetAddAsync(Circuit.Keys[2], process, 1);

    public Task LoseAsync() => Database.KeyDeleteAsync(Circuit.Keys);
}
