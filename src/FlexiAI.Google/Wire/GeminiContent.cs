using System.Text.Json;

namespace FlexiAI;

/// <summary>One turn: the <c>user</c>'s, which includes the results of functions, or the <c>model</c>'s.</summary>
internal sealed class GeminiContent
{
    public string? Role { get; set; }

    public List<GeminiPart>? Parts { get; set; }
}

/// <summary>One piece of a turn; exactly one of its data fields is set.</summary>
internal sealed class GeminiPart
{
    public string? Text { get; set; }

    /// <summary>Whether the text is a summary of the model's reasoning.</summary>
    public bool? Thought { get; set; }

    /// <summary>The model's sealed state of mind, Base64: it goes back with the part it came with.</summary>
    public string? ThoughtSignature { get; set; }

    public GeminiBlob? InlineData { get; set; }

    public GeminiFileData? FileData { get; set; }

    public GeminiFunctionCall? FunctionCall { get; set; }

    public GeminiFunctionResponse? FunctionResponse { get; set; }
}

internal sealed class GeminiBlob
{
    public string? MimeType { get; set; }

    public ReadOnlyMemory<byte> Data { get; set; }
}

internal sealed class GeminiFileData
{
    public string? MimeType { get; set; }

    public string? FileUri { get; set; }
}

internal sealed class GeminiFunctionCall
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    public JsonElement? Args { get; set; }
}

internal sealed class GeminiFunctionResponse
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    public JsonElement? Response { get; set; }
}
