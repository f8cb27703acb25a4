using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

/// <summary>The OAuth token endpoint for service accounts (RFC 7523): any assertion gets a token.</summary>
internal static class GoogleToken
{
    /// <summary>How every token of this endpoint begins; the model endpoints accept any of them.</summary>
    public const string Prefix = "ya29.simulated-";

    public static WireReply Reply(WireFacts facts, SimulatedRequest request) => WireReply.Whole(new JsonObject
    {
        ["access_token"] = Prefix + facts.Id(request, "token"),
        ["expires_in"] = 3599,
        ["token_type"] = "Bearer",
    });
}
