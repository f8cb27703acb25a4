using System.Text.Json;

namespace FlexiAI.FaultWall;

/// <summary>Reads chat completions.</summary>
internal sealed class OpenAIReader : WireReader
{
    private string? _id;

    public override string WholeFinish => "stop";

    protected override void ReadReply(JsonElement reply)
    {
        ReadHead(reply);
        var choice = reply.GetProperty("choices")[0];
        Add(String(choice.GetProperty("message"), "content"));
        Finishes(String(choice, "finish_reason"));
    }

    protected override void ReadEvent(string? name, string data)
    {
        if (data == "[DONE]")
        {
            Ends();
            return;
        }

        using var document = JsonDocument.Parse(data);
        var chunk = document.RootElement;
        if (chunk.TryGetProperty("error", out var error))
        {
            Fails(error);
            return;
        }

        ReadHead(chunk);
        NoteIf(_id is not null && _id != String(chunk, "id"), "two ids");
        _id = String(chunk, "id");
        foreach (var choice in chunk.GetProperty("choices").EnumerateArray())
        {
            var text = String(choice.GetProperty("delta"), "content");
            NoteIf(Finish is not null && !string.IsNullOrEmpty(text), "text after the finish reason");
            Add(text);
            Finishes(String(choice, "finish_reason"));
        }
    }

    private void ReadHead(JsonElement reply)
    {
        Model = String(reply, "model") ?? Model;
        if (reply.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object)
        {
            NoteIf(InputTokens is not null, "usage told twice");
            (InputTokens, OutputTokens) = (Number(usage, "prompt_tokens"), Number(usage, "completion_tokens"));
        }
    }
}
