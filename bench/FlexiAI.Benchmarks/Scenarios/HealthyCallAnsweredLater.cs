using Microsoft.Extensions.AI;

namespace FlexiAI.Benchmarks;

/// <summary>The same where the answer comes later, on another thread, as from the network.</summary>
public class HealthyCallAnsweredLater
{
    private static readonly ChatMessage[] Messages = [new(ChatRole.User, "Hello")];

    private readonly IChatClient _bare = new AnsweringClient(later: true);
    private readonly IChatClient _failover = new OrderedFailoverChatClient([new AnsweringClient(later: true), new AnsweringClient(later: true)]);
    private readonly IChatClient _ours = Circuits.Client(new AnsweringClient(later: true), new AnsweringClient(later: true));

    [Benchmark]
    public Task<ChatResponse> Bare() => _bare.GetResponseAsync(Messages);

    [Benchmark]
    public Task<ChatResponse> OrderedFailover() => _failover.GetResponseAsync(Messages);

    [Benchmark]
    public Task<ChatResponse> FlexiAI() => _ours.GetResponseAsync(Messages);
}
