using Microsoft.Extensions.AI;
using Polly;

namespace FlexiAI.Benchmarks;

/// <summary>The primary's circuit is open: the backup answers.</summary>
public class PrimaryOpen
{
    private static readonly ChatMessage[] Messages = [new(ChatRole.User, "Hello")];

    private readonly AnsweringClient _backup = new();
    private ResiliencePipeline<ChatResponse> _polly = null!;
    private FlexiClient _ours = null!;

    [GlobalSetup]
    public async Task SetUp()
    {
        _polly = PollyPipelines.OpenPrimary(_backup, Messages);
        _ours = await Circuits.ClientWithOpenPrimaryAsync(_backup);
    }

    [Benchmark]
    public Task<ChatResponse> Bare() => _backup.GetResponseAsync(Messages);

    [Benchmark]
    public ValueTask<ChatResponse> Polly() => _polly.ExecuteAsync(
        static async (client, token) => await client.GetResponseAsync(Messages, cancellationToken: token), _backup);

    [Benchmark]
    public Task<ChatResponse> FlexiAI() => _ours.GetResponseAsync(Messages);
}
