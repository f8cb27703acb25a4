using System.Buffers;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>A wire format as a server speaks it to its callers, where a request is answered by a provider of another wire.</summary>
internal abstract class CallerWire
{
    /// <summary>Reads a chat request. Only what can be carried over faithfully is; what cannot is refused, never dropped in silence.</summary>
    /// <param name="body">The body, known to be a JSON object.</param>
    /// <exception cref="WireException">It is not valid, or asks for what no other wire has.</exception>
    public abstract WireChat ReadChat(ReadOnlyMemory<byte> body);

    /// <summary>Writes a whole reply.</summary>
    public abstract void WriteReply(IBufferWriter<byte> output, ChatResponse response, WireAnswer answer);

    /// <summary>Begins to write a streamed reply.</summary>
    /// <param name="chat">What was asked.</param>
    /// <param name="answer">Who answers.</param>
    /// <param name="begun">What the caller has received of the stream from a provider of its own wire; null where nothing.</param>
    public abstract WireStream BeginStream(WireChat chat, WireAnswer answer, WireStreamBegun? begun = null);

    /// <summary>Writes the body of an error reply.</summary>
    public abstract void WriteError(IBufferWriter<byte> output, WireError error);

    /// <summary>Writes an error as an event within a stream; nothing follows it.</summary>
    public abstract void WriteErrorEvent(IBufferWriter<byte> output, WireError error);
}

/// <summary>Writes one streamed reply as server-sent events.</summary>
internal abstract class WireStream
{
    /// <summary>Writes what an update tells; nothing where it tells nothing that this wire has.</summary>
    public abstract void Write(IBufferWriter<byte> output, ChatResponseUpdate update);

    /// <summary>Writes the end: finish reason, usage, end mark. Only for an answer that is whole.</summary>
    public abstract void End(IBufferWriter<byte> output);
}

/// <summary>A chat request as Microsoft.Extensions.AI has it.</summary>
/// <param name="Messages">The conversation, system instructions included.</param>
/// <param name="Options">The options, tools included; <c>ModelId</c> null.</param>
/// <param name="IncludeUsage">Whether a stream is to tell its usage.</param>
internal sealed record WireChat(IReadOnlyList<ChatMessage> Messages, ChatOptions Options, bool IncludeUsage);

/// <summary>What a reply says of itself.</summary>
/// <param name="Id">The id of the answer without the wire's own prefix, for replies whose provider gives none.</param>
/// <param name="Model">The model that answers.</param>
/// <param name="Created">When, by the wall clock.</param>
internal sealed record WireAnswer(string Id, string Model, DateTimeOffset Created);

/// <summary>What a caller has of a stream that broke off, from a provider of the caller's own wire.</summary>
/// <param name="Id">The stream's id as the caller knows it.</param>
/// <param name="Created">OpenAI's <c>created</c>.</param>
/// <param name="Blocks">Anthropic's content blocks begun so far.</param>
/// <param name="OpenBlock">The type of Anthropic's block that has begun and not ended; null for none.</param>
/// <param name="Usage">The tokens told so far.</param>
internal sealed record WireStreamBegun(string? Id, long? Created, int Blocks, string? OpenBlock, UsageDetails? Usage);

/// <summary>An error as a caller is told it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The machine's word for it, such as <c>model_not_found</c>.</param>
/// <param name="Message">For a person.</param>
internal sealed record WireError(int Status, string Code, string Message)
{
    /// <summary>The field of the request that is wrong, if one is.</summary>
    public string? Param { get; init; }

    /// <summary>What was tried, for a request that no provider answered.</summary>
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];
}

/// <summary>A request is not valid, or cannot be carried over to another wire.</summary>
/// <param name="param">The field, as a path such as <c>messages[0].role</c>.</param>
/// <param name="message">What is wrong and what is allowed.</param>
internal sealed class WireException(string? param, string message) : Exception(message)
{
    /// <summary>The field that is wrong.</summary>
    public string? Param { get; } = param;
}
