using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

internal static class GoogleUsage
{
    /// <summary>Google counts thoughts apart from the candidates, and both into the total.</summary>
    public static JsonObject Of(SimulatedRequest request, SimulatedAnswer answer)
    {
        var (input, output, thoughts) = (Tokens.Input(request, answer), Tokens.Output(answer), Tokens.Count(answer.Reasoning));
        var usage = new JsonObject
        {
            ["promptTokenCount"] = input,
            ["candidatesTokenCount"] = Math.Max(0, output - thoughts),
            ["totalTokenCount"] = input + Math.Max(output, thoughts),
            ["promptTokensDetails"] = new JsonArray(new JsonObject { ["modality"] = "TEXT", ["tokenCount"] = input }),
        };
        if (thoughts > 0)
        {
            usage["thoughtsTokenCount"] = thoughts;
        }

        if (answer.CachedInputTokens > 0)
        {
            usage["cachedContentTokenCount"] = answer.CachedInputTokens;
        }

        return usage;
    }
}
