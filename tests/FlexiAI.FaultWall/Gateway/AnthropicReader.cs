using System.Text.Json;

namespace FlexiAI.FaultWall;

/// <summary>Reads messages.</summary>
internal sealed class AnthropicReader : WireReader
{
    private bool _begun;
    private int _blocks;
    private bool _isOpen;

    public override string WholeFinish => "end_turn";

    protected override void ReadReply(JsonElement reply)
    {
        ReadMessage(reply);
        foreach (var block in reply.GetProperty("content").EnumerateArray())
        {
            Add(String(block, "text"));
        }
    }

    protected override void ReadEvent(string? name, string data)
    {
        using var document = JsonDocument.Parse(data);
        var told = document.RootElement;
        var type = String(told, "type");
        NoteIf(type != name, $"an event '{name}' of type '{type}'");
        NoteIf(!_begun && type is not ("message_start" or "ping"), $"'{type}' before the message");
        switch (type)
        {
            case "message_start":
                NoteIf(_begun, "two messages");
                _begun = true;
                ReadMessage(told.GetProperty("message"));
                break;
            case "content_block_start":
                NoteIf(_isOpen || Number(told, "index") != _blocks, "a content block out of order");
                _isOpen = true;
                Add(String(told.GetProperty("content_block"), "text"));
                break;
            case "content_block_delta":
                NoteIf(!_isOpen || Number(told, "index") != _blocks, "text outside its content block");
                Add(String(told.GetProperty("delta"), "text"));
                break;
            case "content_block_stop":
                NoteIf(!_isOpen || Number(told, "index") != _blocks, "the end of a content block out of order");
                (_isOpen, _blocks) = (false, _blocks + 1);
                break;
            case "message_delta":
                NoteIf(_isOpen, "the end of a message within a content block");
                Finishes(String(told.GetProperty("delta"), "stop_reason"));
                ReadUsage(told);
                break;
            case "message_stop":
                Ends();
                break;
            case "error":
                Fails(told.GetProperty("error"));
                break;
            default:
                NoteIf(type != "ping", $"an event of type '{type}'");
                break;
        }
    }

    private void ReadMessage(JsonElement message)
    {
        Model = String(message, "model");
        Finishes(String(message, "stop_reason"));
        ReadUsage(message);
    }

    private void ReadUsage(JsonElement parent)
    {
        if (parent.TryGetProperty("usage", out var usage))
        {
            InputTokens = Number(usage, "input_tokens") ?? InputTokens;
            OutputTokens = Number(usage, "output_tokens") ?? OutputTokens;
        }
    }
}
