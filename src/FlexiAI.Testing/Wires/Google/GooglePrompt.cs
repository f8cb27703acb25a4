using System.Text.Json;

namespace FlexiAI.Testing;

internal static class GooglePrompt
{
    public static List<SimulatedMessage> Messages(JsonElement? body)
    {
        var messages = new List<SimulatedMessage>();

        // JSON of protocol buffers may spell a field in either way.
        if ((body.Get("systemInstruction") ?? body.Get("system_instruction")) is { } system)
        {
            messages.Add(new SimulatedMessage("system", WireJson.ContentText(((JsonElement?)system).Get("parts"))));
        }

        messages.AddRange(body.Get("contents").Items()
            .Select(content => new SimulatedMessage(content.Text("role") ?? "user", WireJson.ContentText(content.Get("parts")))));
        return messages;
    }
}
