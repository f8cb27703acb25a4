using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

internal static class GoogleModels
{
    public static WireReply Reply(WireFacts facts) => WireReply.Whole(new JsonObject
    {
        ["models"] = new JsonArray(new JsonObject
        {
            ["name"] = "models/" + (facts.Options.Model ?? "gemini-2.0-flash"),
            ["supportedGenerationMethods"] = new JsonArray("generateContent", "streamGenerateContent"),
        }),
    });
}
