using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Writes a conversation as Google's contents: turns of the user and of the model, system messages apart.</summary>
internal sealed class ContentWriter(string model)
{
    // OpenAI's later word for the system.
    private static readonly ChatRole Developer = new("developer");

    private readonly Dictionary<string, FunctionCallContent> _calls = new(StringComparer.Ordinal);
    private readonly List<GeminiContent> _contents = [];
    private readonly List<GeminiPart> _system = [];
    private ChatRole? _lastRole;

    public static (List<GeminiContent> Contents, GeminiContent? System) Write(string model, IEnumerable<ChatMessage> messages, string? instructions)
    {
        var writer = new ContentWriter(model);
        if (!string.IsNullOrEmpty(instructions))
        {
            writer._system.Add(new GeminiPart { Text = instructions });
        }

        foreach (var message in messages)
        {
            writer.Add(message);
        }

        var system = writer._system.Count > 0 ? new GeminiContent { Parts = writer._system } : null;
        if (writer._contents.Count == 0 && system is not null)
        {
            // Google wants a turn to answer; others answer a system message alone.
            return ([new GeminiContent { Role = "user", Parts = system.Parts }], null);
        }

        return (writer._contents, system);
    }

    private void Add(ChatMessage message)
    {
        if (message.Role == ChatRole.System || message.Role == Developer)
        {
            _system.AddRange(message.Contents.OfType<TextContent>().Select(text => new GeminiPart { Text = text.Text }));
            return;
        }

        var parts = message.Contents.Select(content => Part(content, message.Role)).OfType<GeminiPart>().ToList();
        if (parts.Count == 0)
        {
            return;
        }

        SignFirstCall(parts);

        // The results of parallel calls must stand in one turn, and so must the calls.
        if (_lastRole == message.Role)
        {
            _contents[^1].Parts!.AddRange(parts);
            return;
        }

        _lastRole = message.Role;
        _contents.Add(new GeminiContent { Role = message.Role == ChatRole.Assistant ? "model" : "user", Parts = parts });
    }

    private GeminiPart? Part(AIContent content, ChatRole role) => content switch
    {
        TextReasoningContent or UsageContent or ErrorContent => null,
        TextContent { Text.Length: 0 } => null,
        TextContent text => new GeminiPart { Text = text.Text },
        DataContent data => new GeminiPart { InlineData = new GeminiBlob { MimeType = data.MediaType, Data = data.Data } },
        UriContent uri => new GeminiPart { FileData = new GeminiFileData { MimeType = uri.MediaType, FileUri = uri.Uri.OriginalString } },
        HostedFileContent file => new GeminiPart { FileData = new GeminiFileData { MimeType = file.MediaType, FileUri = file.FileId } },
        FunctionCallContent call => Call(call),
        FunctionResultContent result => Result(result),
        _ when role == ChatRole.User => throw new NotSupportedException($"Google's models take no {content.GetType().Name}."),

        // What another provider noted in its own turns is no part of the conversation.
        _ => null,
    };

    private GeminiPart Call(FunctionCallContent call)
    {
        _calls[call.CallId] = call;
        var arguments = call.Arguments ?? new Dictionary<string, object?>();
        return new GeminiPart
        {
            ThoughtSignature = Mark(call, GoogleMarks.ThoughtSignature),
            FunctionCall = new GeminiFunctionCall { Id = Mark(call, GoogleMarks.CallId), Name = call.Name, Args = JsonOf(arguments) },
        };
    }

    private GeminiPart Result(FunctionResultContent result)
    {
        // Google knows results by the function's name. Ids of other providers, and ours, mean nothing to it.
        if (!_calls.TryGetValue(result.CallId, out var call))
        {
            throw new ArgumentException($"The conversation has a result for the call \"{result.CallId}\" but not the call itself.", nameof(result));
        }

        var value = JsonOf(result.Result);
        var response = value.ValueKind == JsonValueKind.Object ? value : JsonOf(new Dictionary<string, object?> { ["output"] = value });
        return new GeminiPart
        {
            FunctionResponse = new GeminiFunctionResponse { Id = Mark(call, GoogleMarks.CallId), Name = call.Name, Response = response },
        };
    }

    private void SignFirstCall(List<GeminiPart> parts)
    {
        if (GeminiModels.DemandsSignatures(model) && parts.Find(part => part.FunctionCall is not null) is { } first)
        {
            first.ThoughtSignature ??= GeminiModels.SignatureOfOthers;
        }
    }

    private static string? Mark(AIContent content, string name) => content.AdditionalProperties?.GetValueOrDefault(name) switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString(),
        _ => null,
    };

    private static JsonElement JsonOf<T>(T value) => value switch
    {
        JsonElement json => json,
        TextContent text => JsonOf(text.Text),
        null => JsonOf(""),
        _ => JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType())),
    };
}
