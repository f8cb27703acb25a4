using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>A stream whose first content has arrived: the updates held back until then, and the rest to come.</summary>
internal sealed record OpenStream(StreamReader Rest, StreamTally Tally)
{
    public List<ChatResponseUpdate> Held { get; } = [];
}
