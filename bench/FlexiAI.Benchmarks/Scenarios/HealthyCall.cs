using Microsoft.Extensions.AI;

namespace FlexiAI.Benchmarks;

/// <summary>A call while every provider is healthy: what the client adds to the provider's own.</summary>
public class HealthyCall
{
    private static readonly ChatMessage[] Messages = [new(ChatRole.User, "Hello")];

    private readonly IChatClient _bare = new AnsweringClient();
    private readonly IChatClient _failover = new OrderedFailoverChatClient([new AnsweringClient(), new AnsweringClient()]);
    private readonly IChatClient _ours = Circuits.Client(new AnsweringClient(), new AnsweringClient());

    [Benchmark]
    public Task<ChatResponse> Bare() => _bare.GetResponseAsync(Messages);

    [Benchmark]
    public Task<ChatResponse> OrderedFailover() => _failover.GetResponseAsync(Messages);

    [Benchmark]
    public Task<ChatResponse> FlexiAI() => _ours.GetResponseAsync(Messages);
}
