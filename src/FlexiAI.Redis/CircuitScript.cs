using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace FlexiAI;

/// <summary>The script that holds every operation on a shared circuit.</summary>
internal static class CircuitScript
{
    // A replica's answer may be older than what this very process did.
    private const CommandFlags Flags = CommandFlags.DemandMaster;

    public static string Text { get; } = Load();

    // The name that Redis gives a script, not a protection of anything.
#pragma warning disable CA5350
    private static readonly byte[] Hash = SHA1.HashData(Encoding.UTF8.GetBytes(Text));
#pragma warning restore CA5350

    /// <summary>Runs the script by its hash, and by its text if the server does not know it: after a restart, SCRIPT FLUSH or fail-over.</summary>
    public static async Task<CircuitView> RunAsync(IDatabaseAsync database, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return CircuitView.Parse(await database.ScriptEvaluateAsync(Hash, keys, arguments, Flags).ConfigureAwait(false));
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // One round trip that loads it too; loading first would leave a moment in which it may be flushed again.
            object[] all = [Text, keys.Length, .. keys.Select(key => (object)key), .. arguments.Select(argument => (object)argument)];
            return CircuitView.Parse(await database.ExecuteAsync("EVAL", all, Flags).ConfigureAwait(false));
        }
    }

    private static string Load()
    {
        using var stream = typeof(CircuitScript).Assembly.GetManifestResourceStream("circuit.lua")!;
        using var reader = new System.IO.StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
