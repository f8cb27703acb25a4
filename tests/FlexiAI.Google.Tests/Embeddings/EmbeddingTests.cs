using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public class EmbeddingTests
{
    [Fact]
    public async Task Gemini_embeds_a_batch()
    {
        var entry = Make.Gemini();
        entry.EmbeddingModel = "gemini-embedding-001";
        var handler = new CannedHandler("""{"embeddings":[{"values":[0.5,1]},{"values":[2,3]}]}""");
        var embeddings = await Generator(entry, handler).GenerateAsync(["a", "b"], new() { Dimensions = 2 }, Make.Cancel);
        Assert.Equal([[0.5f, 1f], [2f, 3f]], embeddings.Select(embedding => embedding.Vector.ToArray()));
        Assert.Null(embeddings.Usage);
        Assert.EndsWith("/v1beta/models/gemini-embedding-001:batchEmbedContents", handler.Requests[0].Uri.AbsoluteUri, StringComparison.Ordinal);
        Make.EqualJson(
            """
            {"requests":[
                {"model":"models/gemini-embedding-001","content":{"parts":[{"text":"a"}]},"outputDimensionality":2},
                {"model":"models/gemini-embedding-001","content":{"parts":[{"text":"b"}]},"outputDimensionality":2}]}
            """,
            handler.Body);
    }

    [Theory]
    [InlineData("text-embedding-005", 1)]
    [InlineData("gemini-embedding-001", 2)]
    public async Task Vertex_embeds_as_many_texts_as_the_model_takes(string model, int requests)
    {
        var entry = Make.Vertex();
        entry.EmbeddingModel = model;
        var prediction = """{"embeddings":{"values":[0.5,1],"statistics":{"token_count":3}}}""";
        var handler = new CannedHandler($$"""{"predictions":[{{string.Join(',', Enumerable.Repeat(prediction, 2 / requests))}}]}""");
        var embeddings = await Generator(entry, handler).GenerateAsync(["a", "b"], cancellationToken: Make.Cancel);
        Assert.Equal(2, embeddings.Count);
        Assert.Equal(6, embeddings.Usage!.InputTokenCount);
        Assert.Equal(requests, handler.Requests.Count);
        Assert.EndsWith($"/publishers/google/models/{model}:predict", handler.Requests[0].Uri.AbsoluteUri, StringComparison.Ordinal);
        Make.EqualJson(requests == 1 ? """{"instances":[{"content":"a"},{"content":"b"}]}""" : """{"instances":[{"content":"b"}]}""", handler.Body);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"embeddings":[{"values":[1]}]}""")]
    [InlineData("""{"embeddings":[{"values":[1]},{"values":[]}]}""")]
    public async Task Fewer_embeddings_than_texts_are_no_answer(string reply)
    {
        var entry = Make.Gemini();
        entry.EmbeddingModel = "gemini-embedding-001";
        var failure = await Assert.ThrowsAsync<GoogleApiException>(
            () => Generator(entry, new CannedHandler(reply)).GenerateAsync(["a", "b"], cancellationToken: Make.Cancel));
        Assert.Equal(FailureKind.InvalidResponse, ((ProviderOptions)entry).Classify(new FailureEvidence(failure, 200)));
    }

    [Fact]
    public async Task No_text_needs_no_request()
    {
        var entry = Make.Gemini();
        entry.EmbeddingModel = "gemini-embedding-001";
        var handler = new CannedHandler("{}");
        Assert.Empty(await Generator(entry, handler).GenerateAsync([], cancellationToken: Make.Cancel));
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public void The_metadata_names_vendor_address_and_model()
    {
        var entry = Make.Vertex();
        entry.EmbeddingModel = "text-embedding-005";
        using var generator = Generator(entry, new CannedHandler("{}"));
        var metadata = generator.GetService<EmbeddingGeneratorMetadata>()!;
        Assert.Equal(("gcp.vertex_ai", "text-embedding-005"), (metadata.ProviderName, metadata.DefaultModelId));
        Assert.Same(generator, generator.GetService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.Null(generator.GetService<string>());
        Assert.Null(generator.GetService<EmbeddingGeneratorMetadata>("key"));
    }

    [Fact]
    public void Without_a_model_there_are_none()
    {
        using var http = new HttpClient();
        Assert.Null(((ProviderOptions)Make.Gemini()).CreateEmbeddingGenerator(http));
        Assert.Null(((ProviderOptions)Make.Vertex()).CreateEmbeddingGenerator(http));
    }

    private static IEmbeddingGenerator<string, Embedding<float>> Generator(ProviderOptions entry, HttpMessageHandler handler) =>
        entry.CreateEmbeddingGenerator(new HttpClient(handler))!;
}
