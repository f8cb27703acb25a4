using System.Net;

namespace FlexiAI;

/// <summary>Tells names of this machine from others.</summary>
internal static class LoopbackHost
{
    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
