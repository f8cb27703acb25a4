using StackExchange.Redis;

namespace FlexiAI;

/// <summary>Where the circuits of one application lie in Redis. Those of one circuit share a hash slot, so that one script may use them all.</summary>
internal sealed class CircuitKeys
{
    private readonly string _start;

    /// <param name="scope">The application whose processes share circuits; any characters.</param>
    /// <param name="prefix">What all keys and channels begin with, inside the hash tag; any characters.</param>
    public CircuitKeys(string scope, string prefix = "flexiai")
    {
        _start = $"{EscapeBraces(prefix)}:{Escape(scope)}";
        Channel = RedisChannel.Literal(_start);
    }

    /// <summary>Where every transition of every circuit of the scope is told; see <see cref="CircuitNews"/>.</summary>
    public RedisChannel Channel { get; }

    /// <summary>The circuit's state, leases and votes, in the order in which the script expects them.</summary>
    public RedisKey[] Of(string circuit)
    {
        var tag = $"{{{_start}:{Escape(circuit)}}}";
        return [$"{tag}:s", $"{tag}:l", $"{tag}:v"];
    }

    // A brace would end the hash tag, and a colon make two pairs of names into one key.
    private static string Escape(string text) => EscapeBraces(text).Replace(":", "%3A", StringComparison.Ordinal);

    private static string EscapeBraces(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("{", "%7B", StringComparison.Ordinal)
        .Replace("}", "%7D", StringComparison.Ordinal);
}
