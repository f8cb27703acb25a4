using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Reads the body of a Messages request.</summary>
internal static class AnthropicRequest
{
    private static readonly string[] AnthropicsAlone = ["mcp_servers", "container"];

    public static WireChat Read(ReadOnlyMemory<byte> body)
    {
        CheckText(body.Span);
        using var document = Parse(body);
        var root = new AnthropicField(document.RootElement, "");
        if (root.Value.ValueKind != JsonValueKind.Object)
        {
            throw new WireException(null, "The body is not a JSON object.");
        }

        Refuse(root);
        var messages = new AnthropicConversation();
        messages.AddSystem(root.Find("system"));
        messages.AddAll(root.Require("messages"));
        return new WireChat(messages.Messages, Options(root), IncludeUsage: true);
    }

    private static ChatOptions Options(AnthropicField root)
    {
        var options = new ChatOptions
        {
            MaxOutputTokens = root.Require("max_tokens").Integer(1),
            Temperature = root.Find("temperature")?.Fraction(),
            TopP = root.Find("top_p")?.Fraction(),
            TopK = root.Find("top_k")?.Integer(0),
            StopSequences = root.Find("stop_sequences")?.Items().Select(sequence => sequence.NotEmpty()).ToList(),
        };
        AnthropicTools.Read(root, options);
        AnthropicThinking.Read(root, options);
        AnthropicOutputFormat.Read(root, options);
        return options;
    }

    private static void Refuse(AnthropicField root)
    {
        foreach (var name in AnthropicsAlone)
        {
            if (root.Find(name) is { } field && !(field.Value.ValueKind == JsonValueKind.Array && field.Value.GetArrayLength() == 0))
            {
                throw field.OnlyAnthropic(name);
            }
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException e)
        {
            throw new WireException(null, $"The body is not valid JSON: {e.Message}");
        }
    }

    // The parser leaves the text of strings unread. What cannot be text would fail much later, at a provider.
    private static void CheckText(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            throw new WireException(null, "The body is not valid UTF-8.");
        }

        if (body.IndexOf("\\ud"u8) < 0 && body.IndexOf("\\uD"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(body);
        try
        {
            while (reader.Read())
            {
                _ = reader is { TokenType: JsonTokenType.String or JsonTokenType.PropertyName, ValueIsEscaped: true } ? reader.GetString() : null;
            }
        }
        catch (JsonException e)
        {
            throw new WireException(null, $"The body is not valid JSON: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            throw new WireException(null, "The body has a string with half of a surrogate pair (\\ud800 to \\udfff); allowed: whole characters.");
        }
    }
}
