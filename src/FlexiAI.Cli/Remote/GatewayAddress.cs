namespace FlexiAI.Cli;

/// <summary>Where the gateway is that a command asks: <c>--url</c>, else <c>FLEXIAI_URL</c>, else where <c>flexiai serve</c> serves by default.</summary>
internal static class GatewayAddress
{
    public const string Variable = "FLEXIAI_URL";

    /// <summary>The address with a slash at its end, so that paths can be added to it.</summary>
    /// <exception cref="InputException">It is not an address.</exception>
    public static Uri Read(string? option, Func<string, string?> environment)
    {
        var (name, text) = option is not null ? ("--url", option)
            : environment(Variable) is { Length: > 0 } variable ? (Variable, variable)
            : ("--url", ServeUrls.Default);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri is not { Scheme: "http" or "https", Host.Length: > 0 })
        {
            throw new InputException($"{name} is \"{text}\"; allowed: a gateway's address, such as {ServeUrls.Default}.");
        }

        // Not shown: a password may stand there, and a key in the query.
        return uri is { UserInfo: "", Query: "", Fragment: "" }
            ? new Uri(uri.AbsoluteUri.TrimEnd('/') + "/")
            : throw new InputException($"{name} holds more than an address (it is not shown); allowed: one such as {ServeUrls.Default}, and a key in {AdminKey.Variable}.");
    }
}
