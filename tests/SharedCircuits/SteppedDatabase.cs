using System.Globalization;
using System.Reflection;
using StackExchange.Redis;

namespace FlexiAI.Tests.Circuits;

/// <summary>A database whose script goes by the time of a test instead of the server's.</summary>
public class SteppedDatabase : DispatchProxy
{
    private const string ServersTime = "tonumber(clock[1]) * 1000000 + tonumber(clock[2])";

    private static readonly string Script = CircuitScript.Text.Replace(ServersTime, "tonumber(ARGV[#ARGV])", StringComparison.Ordinal);
    private static readonly long Begin = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000;

    private IDatabase _database = null!;
    private SteppedClock _clock = null!;

    internal static IDatabaseAsync Over(IDatabase database, SteppedClock clock)
    {
        Assert.NotEqual(CircuitScript.Text, Script);
        var proxy = Create<IDatabaseAsync, SteppedDatabase>();
        ((SteppedDatabase)(object)proxy)._database = database;
        ((SteppedDatabase)(object)proxy)._clock = clock;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Assert.Equal(nameof(IDatabaseAsync.ScriptEvaluateAsync), targetMethod!.Name);
        var now = (Begin + _clock.Microseconds).ToString(CultureInfo.InvariantCulture);
        return _database.ScriptEvaluateAsync(Script, (RedisKey[])args![1]!, [.. (RedisValue[])args[2]!, now], (CommandFlags)args[3]!);
    }
}
