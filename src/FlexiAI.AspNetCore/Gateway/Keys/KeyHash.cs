using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace FlexiAI;

/// <summary>The SHA-256 of a key, which is all that is kept of it. Keys are long and random, so a slow hash would add nothing.</summary>
internal static class KeyHash
{
    public const string Prefix = "sha256:";

    public static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The hash of a key as it stands in the configuration.</summary>
    public static byte[] OfConfigured(string key) =>
        key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? Convert.FromHexString(key.AsSpan(Prefix.Length)) : Of(key);

    /// <summary>The hash of a key as a caller presents it.</summary>
    public static byte[] Of(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
