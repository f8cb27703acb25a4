using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public sealed class EmbeddingTests
{
    [Fact]
    public async Task Through_the_SDK_each_input_has_its_own_unit_vector_the_same_every_time()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI);
        using var embeddings = provider.Embeddings();

        var first = await embeddings.GenerateAsync(["one text", "another"], cancellationToken: Raw.Token);
        var second = await embeddings.GenerateAsync(["another"], cancellationToken: Raw.Token);

        Assert.Equal(1536, first[0].Vector.Length);
        Assert.Equal(1, first[0].Vector.ToArray().Sum(value => (double)value * value), 4);
        Assert.NotEqual(first[0].Vector.ToArray(), first[1].Vector.ToArray());
        Assert.Equal(first[1].Vector.ToArray(), second[0].Vector.ToArray());
        Assert.Equal(3, first.Usage?.InputTokenCount);
        Assert.Equal("base64", provider.Requests[0].Json!.Value.GetProperty("encoding_format").GetString());
    }

    [Fact]
    public async Task Floats_and_base64_hold_the_same_vector()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI, new() { EmbeddingDimensions = 7 });

        var floats = await Raw.SendJsonAsync(provider.Post("/v1/embeddings", """{"model":"m","input":"text"}"""));
        var base64 = await Raw.SendJsonAsync(provider.Post("/v1/embeddings", """{"model":"m","input":["text"],"encoding_format":"base64"}"""));

        var expected = floats["data"]![0]!["embedding"]!.AsArray().Select(value => (float)value!).ToArray();
        var bytes = Convert.FromBase64String((string)base64["data"]![0]!["embedding"]!);
        Assert.Equal(expected, Enumerable.Range(0, 7).Select(i => BitConverter.ToSingle(bytes, i * 4)).ToArray());
    }

    [Theory]
    [InlineData("""[1,2,3]""", 1)]
    [InlineData("""[[1,2],[3]]""", 2)]
    [InlineData("""["a","b","c"]""", 3)]
    public async Task Token_ids_count_as_one_input_a_list(string input, int vectors)
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI);

        var reply = await Raw.SendJsonAsync(provider.Post("/v1/embeddings", $$"""{"model":"m","dimensions":4,"input":{{input}}}"""));

        Assert.Equal(vectors, reply["data"]!.AsArray().Count);
        Assert.Equal(4, reply["data"]![0]!["embedding"]!.AsArray().Count);
    }

    [Fact]
    public async Task Gemini_embeds_one_content_or_a_batch()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Google, new() { EmbeddingDimensions = 5 });
        const string Content = """{"content":{"parts":[{"text":"hello"}]}}""";

        var one = await Raw.SendJsonAsync(provider.Post("/v1beta/models/e:embedContent", Content));
        var batch = await Raw.SendJsonAsync(provider.Post("/v1beta/models/e:batchEmbedContents", $$"""{"requests":[{{Content}},{{Content}}]}"""));

        Assert.Equal(5, one["embedding"]!["values"]!.AsArray().Count);
        Assert.Equal(one["embedding"]!.ToJsonString(), batch["embeddings"]![1]!.ToJsonString());
    }
}
