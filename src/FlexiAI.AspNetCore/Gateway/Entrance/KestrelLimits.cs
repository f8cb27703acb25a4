using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace FlexiAI;

/// <summary>
/// Sets the server's limits. The size of bodies is set for each request to the gateway, so that an application's own uploads keep theirs.
/// </summary>
internal sealed class KestrelLimits(IOptions<GatewayOptions> options) : IConfigureOptions<KestrelServerOptions>
{
    private const int LargestHttp2Header = 16 * 1024;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public void Configure(KestrelServerOptions kestrel)
    {
        var gateway = options.Value;
        kestrel.AddServerHeader = false;
        kestrel.Limits.RequestHeadersTimeout = gateway.RequestHeadersTimeout;
        kestrel.Limits.MaxRequestHeadersTotalSize = gateway.MaxRequestHeadersTotalSize;
        kestrel.Limits.MaxRequestHeaderCount = gateway.MaxRequestHeaderCount;
        kestrel.Limits.MinRequestBodyDataRate = gateway.MinRequestBodyDataRate > 0 ? new MinDataRate(gateway.MinRequestBodyDataRate, Grace) : null;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = Math.Min(LargestHttp2Header, gateway.MaxRequestHeadersTotalSize);
    }
}
