using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

internal static class AnthropicModels
{
    public static WireReply Reply(WireFacts facts)
    {
        var model = facts.Options.Model ?? "claude-3-5-haiku-20241022";
        return WireReply.Whole(new JsonObject
        {
            ["data"] = new JsonArray(new JsonObject
            {
                ["type"] = "model",
                ["id"] = model,
                ["display_name"] = model,
                ["created_at"] = AnthropicErrors.Rfc3339(facts.Now),
            }),
            ["has_more"] = false,
            ["first_id"] = model,
            ["last_id"] = model,
        });
    }
}
