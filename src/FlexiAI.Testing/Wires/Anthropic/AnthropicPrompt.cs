using System.Text.Json;

namespace FlexiAI.Testing;

/// <summary>What Anthropic reads and refuses in a request.</summary>
internal static class AnthropicPrompt
{
    public static List<SimulatedMessage> Messages(JsonElement? body)
    {
        var messages = new List<SimulatedMessage>();
        if (body.Get("system") is { } system)
        {
            messages.Add(new SimulatedMessage("system", WireJson.ContentText(system)));
        }

        messages.AddRange(body.Get("messages").Items()
            .Select(message => new SimulatedMessage(message.Text("role") ?? "", WireJson.ContentText(message.Get("content")))));
        return messages;
    }

    public static VendorError? Check(SimulatedRequest request)
    {
        var message =
            !request.Headers.ContainsKey("anthropic-version") ? "anthropic-version: header is required"
            : request.Model.Length == 0 ? "model: Field required"
            : request.Json.Number("max_tokens") is null ? "max_tokens: Field required"
            : !request.Messages.Any(m => m.Role != "system") ? "messages: at least one message is required"
            : EndsInWhiteSpace(request) ? "messages: final assistant content cannot end with trailing whitespace"
            : null;
        return message is null ? null : new VendorError(VendorErrorKind.InvalidRequest) { Message = message };
    }

    private static bool EndsInWhiteSpace(SimulatedRequest request) =>
        request.Messages is [.., { Role: "assistant", Text: [.., var last] }] && char.IsWhiteSpace(last);
}
