using StackExchange.Redis;

namespace FlexiAI.Fleet;

/// <summary>A slot on its way from one primary of a cluster to another.</summary>
internal sealed class SlotMove(RedisCluster cluster, int slot, int from, int to)
{
    public RedisServer From => cluster.Node(from);

    public RedisServer To => cluster.Node(to);

    /// <summary>Takes the slot's keys along. Whatever is written there afterwards, comes at the end.</summary>
    public async Task MoveKeysAsync()
    {
        while ((RedisKey[])(await cluster.RunAsync(from, "CLUSTER", "GETKEYSINSLOT", slot, 100))! is { Length: > 0 } keys)
        {
            object[] arguments = ["127.0.0.1", To.Port, "", 0, 5000, "KEYS", .. keys.Select(key => (object)key)];
            await cluster.RunAsync(from, "MIGRATE", arguments);
        }
    }

    /// <summary>The slot is the other primary's now.</summary>
    public async Task EndAsync()
    {
        await MoveKeysAsync();
        await cluster.GiveAsync(slot, to);
    }
}
