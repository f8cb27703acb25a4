using Microsoft.Extensions.AI;

namespace FlexiAI.Benchmarks;

/// <summary>The primary throws, a fresh exception each time, and the backup answers.</summary>
public class PrimaryThrows
{
    private static readonly ChatMessage[] Messages = [new(ChatRole.User, "Hello")];

    private readonly IChatClient _failover = new OrderedFailoverChatClient([new FailingClient(), new AnsweringClient()]);
    private readonly IChatClient _ours = Circuits.Client(new FailingClient(), new AnsweringClient());

    [Benchmark]
    public Task<ChatResponse> OrderedFailover() => _failover.GetResponseAsync(Messages);

    [Benchmark]
    public Task<ChatResponse> FlexiAI() => _ours.GetResponseAsync(Messages);
}
