using System.Text;
using Microsoft.Extensions.AI;
using OpenAI.Embeddings;

namespace FlexiAI.Tests;

public sealed class OpenAIEmbeddingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_SDK_reads_vectors_of_either_encoding(bool asBase64)
    {
        await using var server = await OpenAICallerServer.StartAsync();
        server.EmbedAsBase64 = asBase64;

        OpenAIEmbeddingCollection embeddings = await server.Client.GetEmbeddingClient("e").GenerateEmbeddingsAsync(
            ["one", "two"], new OpenAI.Embeddings.EmbeddingGenerationOptions { Dimensions = 3 }, OpenAICallerServer.Token);

        Assert.Equal([0, 1], embeddings.Select(embedding => embedding.Index));
        Assert.Equal([0.1f, -2.5e-7f, 1f], embeddings[1].ToFloats().ToArray());
        Assert.Equal(("an-embedder", 5, 5), (embeddings.Model, embeddings.Usage.InputTokenCount, embeddings.Usage.TotalTokenCount));
        Assert.Equal(["one", "two"], server.AskedToEmbed!.Values);
        Assert.Equal((3, true), (server.AskedToEmbed.Options.Dimensions, server.AskedToEmbed.AsBase64));
    }

    [Theory]
    [InlineData(true, "\"AACAPwAAAMA=\"")]
    [InlineData(false, "[1,-2]")]
    public void A_vector_is_written_in_the_encoding_asked_for_and_unknown_usage_is_not(bool asBase64, string vector)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>([new Embedding<float>(new[] { 1f, -2f })]);

        Assert.Equal(
            $$$"""{"object":"list","data":[{"object":"embedding","index":0,"embedding":{{{vector}}}}],"model":"m"}""",
            OpenAIText.Written(body => OpenAIEmbeddingWire.WriteReply(body, embeddings, "m", asBase64)));
    }

    [Theory]
    [InlineData("""{"input":"one"}""", false)]
    [InlineData("""{"input":["one"],"encoding_format":"float"}""", false)]
    [InlineData("""{"input":["one"],"encoding_format":"base64","dimensions":null,"user":"u"}""", true)]
    public void A_request_is_read(string body, bool asBase64)
    {
        var read = OpenAIEmbeddingWire.Read(Encoding.UTF8.GetBytes(body));

        Assert.Equal(("one", asBase64), (read.Values.Single(), read.AsBase64));
    }

    [Theory]
    [InlineData("""{}""", "input")]
    [InlineData("""{"input":[]}""", "input")]
    [InlineData("""{"input":""}""", "input")]
    [InlineData("""{"input":["a",""]}""", "input[1]")]
    [InlineData("""{"input":[1,2]}""", "input[0]")]
    [InlineData("""{"input":[[1,2]]}""", "input[0]")]
    [InlineData("""{"input":"a","dimensions":0}""", "dimensions")]
    [InlineData("""{"input":"a","encoding_format":"int8"}""", "encoding_format")]
    public void A_request_that_is_not_valid_is_refused_by_the_name_of_its_field(string body, string param) =>
        Assert.Equal(param, Assert.Throws<WireException>(() => OpenAIEmbeddingWire.Read(Encoding.UTF8.GetBytes(body))).Param);
}
