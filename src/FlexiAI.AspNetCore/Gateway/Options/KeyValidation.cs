namespace FlexiAI;

/// <summary>Checks the form of configured keys, without ever repeating one.</summary>
internal static class KeyValidation
{
    private const int ShortestKey = 16;

    public static IEnumerable<string> Validate(GatewayOptions options)
    {
        var clients = options.ClientKeys ?? [];
        var admins = options.AdminKeys ?? [];
        foreach (var problem in Forms(nameof(options.ClientKeys), clients).Concat(Forms(nameof(options.AdminKeys), admins)))
        {
            yield return problem;
        }

        var hashes = clients.Where(IsWellFormed).Select(KeyHash.OfConfigured).Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < admins.Count; i++)
        {
            if (IsWellFormed(admins[i]) && hashes.Contains(Convert.ToHexString(KeyHash.OfConfigured(admins[i]))))
            {
                yield return $"AdminKeys[{i}] is a client's key too; allowed: a key of its own.";
            }
        }
    }

    private static IEnumerable<string> Forms(string property, IList<string> keys)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (!IsWellFormed(keys[i]))
            {
                yield return $"{property}[{i}] is not a key (its value is not shown); allowed: {ShortestKey} to {PresentedKey.LongestKey} visible ASCII characters, "
                    + $"or {KeyHash.Prefix} and 64 hex digits.";
            }
        }
    }

    private static bool IsWellFormed(string? key) =>
        key is not null && (key.StartsWith(KeyHash.Prefix, StringComparison.OrdinalIgnoreCase)
            ? key.Length == KeyHash.Prefix.Length + 64 && key.AsSpan(KeyHash.Prefix.Length).ContainsAnyExcept(KeyHash.HexDigits) is false
            : key.Length is >= ShortestKey and <= PresentedKey.LongestKey && key.All(c => c is > ' ' and <= '~'));
}
