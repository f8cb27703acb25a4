using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Reads the parts of a model's turn.</summary>
internal static class ContentReader
{
    public static List<AIContent> Read(GeminiContent? content) =>
        [.. (content?.Parts ?? []).Select(Content).OfType<AIContent>()];

    public static UsageDetails? Usage(GeminiUsage? usage) => usage is null ? null : new UsageDetails
    {
        InputTokenCount = Sum(usage.PromptTokenCount, usage.ToolUsePromptTokenCount),
        OutputTokenCount = Sum(usage.CandidatesTokenCount, usage.ThoughtsTokenCount),
        TotalTokenCount = usage.TotalTokenCount,
        CachedInputTokenCount = usage.CachedContentTokenCount,
        ReasoningTokenCount = usage.ThoughtsTokenCount,
    };

    private static AIContent? Content(GeminiPart part) => part switch
    {
        { FunctionCall: { } call } => Call(call, part.ThoughtSignature),
        { Text.Length: > 0, Thought: true } => new TextReasoningContent(part.Text),
        { Text: { Length: > 0 } text } => new TextContent(text),
        { InlineData: { MimeType: { } type } blob } => new DataContent(blob.Data, type),
        { FileData: { FileUri: { } uri } file } => new UriContent(uri, file.MimeType ?? "application/octet-stream"),
        _ => null,
    };

    private static FunctionCallContent Call(GeminiFunctionCall call, string? signature)
    {
        var id = string.IsNullOrEmpty(call.Id) ? $"call_{Guid.NewGuid():N}" : call.Id;
        var arguments = call.Args is { ValueKind: JsonValueKind.Object } args
            ? args.EnumerateObject().ToDictionary(argument => argument.Name, argument => (object?)argument.Value.Clone(), StringComparer.Ordinal)
            : [];
        var content = new FunctionCallContent(id, call.Name ?? "", arguments);
        Mark(content, GoogleMarks.CallId, call.Id);
        Mark(content, GoogleMarks.ThoughtSignature, signature);
        return content;
    }

    private static void Mark(FunctionCallContent content, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            (content.AdditionalProperties ??= [])[name] = value;
        }
    }

    private static long? Sum(long? a, long? b) => a is null && b is null ? null : (a ?? 0) + (b ?? 0);
}
