using Microsoft.Extensions.AI;

namespace FlexiAI.Benchmarks;

/// <summary>
/// One update of a stream, clocks running. The stream is long, so that its beginning counts for nothing; its updates are there at once,
/// or come later, on another thread.
/// </summary>
public class StreamedUpdate
{
    private const int Updates = 100_000;

    private static readonly ChatMessage[] Messages = [new(ChatRole.User, "Hello")];

    private IChatClient _bare = null!;
    private IChatClient _ours = null!;

    [Params(false, true)]
    public bool Later { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _bare = new StreamingClient(Updates, Later);
        _ours = Circuits.Client(_bare, _bare);
    }

    [Benchmark(OperationsPerInvoke = Updates)]
    public Task<int> Bare() => ReadAsync(_bare);

    [Benchmark(OperationsPerInvoke = Updates)]
    public Task<int> FlexiAI() => ReadAsync(_ours);

    private static async Task<int> ReadAsync(IChatClient client)
    {
        var count = 0;
        await foreach (var _ in client.GetStreamingResponseAsync(Messages))
        {
            count++;
        }

        return count == Updates ? count : throw new InvalidOperationException("The stream is not whole.");
    }
}
