using Microsoft.Extensions.AI;

namespace FlexiAI.Tests.Performance;

/// <summary>What a call costs in bytes over the provider's own client, all healthy.</summary>
public sealed class CallAllocationTests
{
    private const int Calls = 100;

    private static readonly ChatMessage[] Messages = [new(ChatRole.User, "Hello")];

    [Fact]
    public async Task A_healthy_call_costs_at_most_600_bytes_over_the_bare_call()
    {
        Bytes.SkipUnlessOptimized();
        using var bare = new InstantClient();
        await using var client = new FlexiClient(new FlexiOptions
        {
            Providers = [new ChatClientProvider("a", bare), new ChatClientProvider("b", new InstantClient()) { Priority = 2 }],
        });

        var over = (BytesPerCall(client) - BytesPerCall(bare)) / Calls;

        Assert.InRange(over, 0, 600);
    }

    private static long BytesPerCall(IChatClient client) => Bytes.Of(() => Bytes.Repeat(Calls, () =>
    {
        var asking = client.GetResponseAsync(Messages);
        Assert.True(asking.IsCompletedSuccessfully);
    }));

    /// <summary>Answers at once, with a new answer each time.</summary>
    private sealed class InstantClient : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => Task.FromResult(Answers.Text("Hello"));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
