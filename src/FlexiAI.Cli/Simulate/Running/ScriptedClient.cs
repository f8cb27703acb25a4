using Microsoft.Extensions.AI;

namespace FlexiAI.Cli;

/// <summary>A provider in memory that does what its script says, on virtual time.</summary>
internal sealed class ScriptedClient(int entry, Script script, Incident incident, VirtualTime time, RunLog log) : IChatClient
{
    private readonly UsageDetails _usage = new()
    {
        InputTokenCount = incident.Tokens.Input, OutputTokenCount = incident.Tokens.Output, TotalTokenCount = incident.Tokens.Total,
    };

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = (RequestUnderWay)messages.First().RawRepresentation!;
        var begin = time.Now;
        var reply = script.Meet(begin, Draws.For(incident.Seed, entry, request.Number, request.TriesAt(entry)));
        var ending = AttemptEnding.Abandoned;
        try
        {
            log.AttemptsUnderWay++;
            await time.WaitAsync(reply.After, cancellationToken).ConfigureAwait(false);
            ending = reply.Failure is not null ? AttemptEnding.Failed : reply.IsWhole ? AttemptEnding.Answered : AttemptEnding.Truncated;
        }
        finally
        {
            time.ThrowUnlessOwnThread();
            log.AttemptsUnderWay--;
            log.Add(new AttemptRecord(entry, begin, ending, reply.IsPaid ? incident.Tokens.Total : 0));
        }

        return reply.Failure is null ? Answer(reply.IsWhole) : throw reply.Failure;
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("An incident asks for whole answers only.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private ChatResponse Answer(bool isWhole) => new(new ChatMessage(ChatRole.Assistant, "An answer."))
    {
        FinishReason = isWhole ? ChatFinishReason.Stop : null,
        Usage = _usage,
    };
}

/// <summary>A request as the scripted providers know it.</summary>
internal sealed class RequestUnderWay(int number, int entries)
{
    private readonly int[] _tries = new int[entries];

    public int Number => number;

    /// <summary>How often it asked this entry before.</summary>
    public int TriesAt(int entry) => _tries[entry]++;
}
