using StackExchange.Redis;

namespace FlexiAI;

/// <summary>How the circuits of an application are shared by its processes through Redis 7 or newer, or anything that speaks the same.</summary>
public sealed class RedisSharingOptions
{
    /// <summary>
    /// The connection string of StackExchange.Redis, such as <c>localhost:6379,user=app,password=…,ssl=true,defaultDatabase=1</c>; a list of hosts for a
    /// cluster, <c>serviceName=…</c> for Sentinel. Either this or <see cref="Connection"/>.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>A connection that the application has already; it stays the application's to close.</summary>
    public IConnectionMultiplexer? Connection { get; set; }

    /// <summary>The application: processes of one scope share circuits by the providers' names. Any text; default <c>default</c>.</summary>
    public string Scope { get; set; } = "default";

    /// <summary>What all keys begin with. Any text; default <c>flexiai</c>.</summary>
    public string KeyPrefix { get; set; } = "flexiai";

    /// <summary>This process, as others see it; different for each. Default: the machine's name, the process id and a random number.</summary>
    public string Process { get; set; } =
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}:{Random.Shared.Next(0x10000):x4}");

    /// <summary>How long a probe's place is kept if nothing more is heard of its process. One second to one hour; default 30 s. Renewed while the probe is out.</summary>
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often all circuits are read, a fifth more or less. 100 ms to one minute; default 1 s. News usually come sooner, by pub/sub.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest that a request waits for Redis, which it does only to test a recovery. 10 ms to 5 s; default 150 ms.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(150);

    /// <summary>How many processes must have opened a circuit before it is open for all: 1 to 1,000. Default 1.</summary>
    public int Quorum { get; set; } = 1;

    /// <summary>How long a circuit is remembered after its last change. One minute to 30 days; default 24 h.</summary>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Whether a client that cannot reach Redis when it is made throws. Default false: it starts by itself, says so in the log, and shares when
    /// Redis is there. What is thrown: <see cref="RedisConnectionException"/>, or <see cref="NotSupportedException"/> by a server before Redis 7.
    /// </summary>
    public bool FailFastAtStart { get; set; }
}
