namespace FlexiAI.Cli;

/// <summary>The key that a gateway's operator presents. It comes from the environment alone, since arguments are seen by all of a machine's users.</summary>
internal static class AdminKey
{
    public const string Variable = "FLEXIAI_ADMIN_KEY";

    /// <summary>The key; null where there is none. Of several, which <c>flexiai serve</c> accepts, the first that is no hash.</summary>
    /// <exception cref="InputException">It is not one that can be sent. The message does not repeat it.</exception>
    public static string? Read(Func<string, string?> environment)
    {
        string[] keys = (environment(Variable) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (keys.Length == 0)
        {
            return null;
        }

        return Array.Find(keys, key => !key.StartsWith(KeyHash.Prefix, StringComparison.OrdinalIgnoreCase)) is { } sent && sent.All(letter => letter is > ' ' and <= '~')
            ? sent
            : throw new InputException($"{Variable} holds no key that can be sent (its value is not shown); allowed: visible ASCII characters, the key itself and not its hash.");
    }
}
