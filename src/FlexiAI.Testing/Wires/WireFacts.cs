using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FlexiAI.Testing;

/// <summary>What the replies of one provider are made from.</summary>
internal sealed record WireFacts(string Name, SimulatedProviderOptions Options)
{
    public DateTimeOffset Now => Options.TimeProvider.GetUtcNow();

    public long UnixSeconds => Now.ToUnixTimeSeconds();

    /// <summary>An id that is the same in every run: from the provider's name, the request's number and a purpose.</summary>
    public string Id(SimulatedRequest request, string purpose, int index = 0)
    {
        var seed = string.Create(CultureInfo.InvariantCulture, $"{Name}/{request.Number}/{purpose}/{index}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)).AsSpan(0, 12));
    }
}
