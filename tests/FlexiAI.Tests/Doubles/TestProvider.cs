using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>A provider type as a package of its own would bring one.</summary>
internal sealed class TestProvider : ProviderOptions
{
    public Func<HttpClient, IChatClient> MakeChat { get; set; } = _ => new FakeChat("made");

    public Func<HttpClient, IEmbeddingGenerator<string, Embedding<float>>?>? MakeEmbeddings { get; set; }

    public Func<FailureEvidence, FailureKind>? Classifier { get; set; }

    public long? InputTokensOfBrokenStreams { get; set; }

    public string? Region { get; set; }

    public string? Password { get; set; }

    public override string Type => "test";

    protected internal override IEnumerable<string?> Secrets => [Password];

    protected internal override IChatClient CreateChatClient(HttpClient httpClient) => MakeChat(httpClient);

    protected internal override IEmbeddingGenerator<string, Embedding<float>>? CreateEmbeddingGenerator(HttpClient httpClient) =>
        MakeEmbeddings is null ? base.CreateEmbeddingGenerator(httpClient) : MakeEmbeddings(httpClient);

    protected internal override FailureKind Classify(FailureEvidence evidence) => Classifier?.Invoke(evidence) ?? base.Classify(evidence);

    protected internal override UsageDetails? ReadUsage(ChatResponseUpdate first, ChatResponseUpdate last) =>
        InputTokensOfBrokenStreams is { } tokens ? new UsageDetails { InputTokenCount = tokens } : null;

    protected internal override void UseEnvironment(Func<string, string?> read) => ApiKey ??= read("TEST_API_KEY");

    protected internal override IEnumerable<string> Validate()
    {
        foreach (var problem in base.Validate())
        {
            yield return problem;
        }

        if (string.IsNullOrEmpty(ApiKey))
        {
            yield return "ApiKey is missing; allowed: a key, or the environment variable TEST_API_KEY.";
        }
    }
}
