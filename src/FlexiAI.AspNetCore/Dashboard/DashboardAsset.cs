using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace FlexiAI;

/// <summary>A file of the dashboard.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ContentType">Its media type.</param>
internal sealed record DashboardAsset(byte[] Content, string ContentType)
{
    /// <summary>Changes when the content does.</summary>
    public EntityTagHeaderValue Tag { get; } = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Content).AsSpan(0, 16))}\"");
}
