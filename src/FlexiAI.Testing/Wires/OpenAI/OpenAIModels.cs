using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

internal static class OpenAIModels
{
    public static WireReply Reply(WireFacts facts) => WireReply.Whole(new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray(new JsonObject
        {
            ["id"] = facts.Options.Model ?? "gpt-4o-mini",
            ["object"] = "model",
            ["created"] = facts.UnixSeconds,
            ["owned_by"] = "simulated",
        }),
    });
}
