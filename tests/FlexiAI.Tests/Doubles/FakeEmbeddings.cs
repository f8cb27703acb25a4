using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>An embedding generator in memory.</summary>
internal sealed class FakeEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
{
    private int _calls;

    public Func<IReadOnlyList<string>, CancellationToken, Task<GeneratedEmbeddings<Embedding<float>>>> Reply { get; set; } =
        (values, _) => Task.FromResult(Vectors(values.Count));

    public int Calls => _calls;

    public int Disposals { get; private set; }

    public EmbeddingGenerationOptions? LastOptions { get; private set; }

    public static GeneratedEmbeddings<Embedding<float>> Vectors(int count) =>
        new(Enumerable.Range(0, count).Select(i => new Embedding<float>(new float[] { i })))
        {
            Usage = new UsageDetails { InputTokenCount = count },
        };

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        LastOptions = options;
        return Reply([.. values], cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() => Disposals++;
}
