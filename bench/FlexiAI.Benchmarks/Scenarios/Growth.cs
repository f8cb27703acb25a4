using Microsoft.Extensions.AI;

namespace FlexiAI.Benchmarks;

/// <summary>The same healthy call with more and more providers configured.</summary>
public class Growth
{
    private static readonly ChatMessage[] Messages = [new(ChatRole.User, "Hello")];

    private IChatClient _ours = null!;

    [Params(1, 10, 100)]
    public int Providers { get; set; }

    [GlobalSetup]
    public void SetUp() => _ours = Circuits.Client(Enumerable.Range(0, Providers).Select(_ => new AnsweringClient()));

    [Benchmark]
    public Task<ChatResponse> FlexiAI() => _ours.GetResponseAsync(Messages);
}
