using System.Security.Cryptography;

namespace FlexiAI;

/// <summary>The keys that open a door, kept as hashes alone.</summary>
internal sealed class ClientKeySet(IEnumerable<string> configured)
{
    private readonly (byte[] Hash, string Id)[] _keys = [.. configured
        .Select(KeyHash.OfConfigured)
        .Select(hash => (hash, Convert.ToHexStringLower(hash)[..8]))];

    public bool IsEmpty => _keys.Length == 0;

    /// <summary>Finds a key, in a time that does not tell which one it was or how nearly it was one.</summary>
    /// <returns>What the key is called in logs and telemetry: the first eight digits of its hash; null for a key that is not in the set.</returns>
    public string? Find(string key)
    {
        var hash = KeyHash.Of(key);
        string? found = null;
        foreach (var (known, id) in _keys)
        {
            found = CryptographicOperations.FixedTimeEquals(known, hash) ? id : found;
        }

        return found;
    }
}
