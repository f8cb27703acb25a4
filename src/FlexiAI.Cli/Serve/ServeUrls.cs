using Microsoft.AspNetCore.Http;

namespace FlexiAI.Cli;

/// <summary>The addresses of <c>--urls</c>.</summary>
internal static class ServeUrls
{
    public const string Default = "http://127.0.0.1:8080";

    /// <exception cref="InputException">One is not an address to serve at.</exception>
    public static IReadOnlyList<string> Read(string urls)
    {
        string[] all = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return all.Length > 0 && Array.TrueForAll(all, IsAddress) ? all
            : throw new InputException($"--urls is \"{urls}\"; allowed: addresses such as {Default}, several separated by semicolons.");
    }

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && address.PathBase.Length == 0 && (address.IsUnixPipe || address.IsNamedPipe || address.Port is >= 0 and <= 65_535);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return false;
        }
    }
}
