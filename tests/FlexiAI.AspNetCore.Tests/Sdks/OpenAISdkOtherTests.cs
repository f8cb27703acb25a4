using System.ClientModel;
using System.Text.Json;
using FlexiAI.Testing;
using OpenAI.Responses;

// The SDK calls its client for responses experimental.
#pragma warning disable OPENAI001

namespace FlexiAI.Tests;

/// <summary>OpenAI's .NET SDK at the endpoints beside chat, and with what no SDK knows yet.</summary>
public sealed class OpenAISdkOtherTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SimulatedWire.OpenAI)]
    [InlineData(SimulatedWire.Google)]
    public async Task Embeddings_are_the_same_as_floats_and_as_base64(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);
        var client = stage.OpenAI().GetEmbeddingClient(SdkStage.Model);

        // The SDK itself asks for base64.
        var packed = (await client.GenerateEmbeddingsAsync(["one", "two"], cancellationToken: Stop)).Value.Select(item => item.ToFloats().ToArray()).ToList();
        var raw = await client.GenerateEmbeddingsAsync(BinaryContent.Create(BinaryData.FromString("""{"model":"good","input":["one","two"],"encoding_format":"float"}""")));
        using var json = JsonDocument.Parse(raw.GetRawResponse().Content);
        var plain = json.RootElement.GetProperty("data").EnumerateArray()
            .Select(item => item.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle()).ToArray()).ToList();

        Assert.Equal(8, packed[0].Length);
        Assert.Equal(plain, packed);
        Assert.NotEqual(packed[0], packed[1]);
    }

    [Theory]
    [MemberData(nameof(OpenAISdkTests.Wires), MemberType = typeof(OpenAISdkTests))]
    public async Task Models_are_listed_and_found(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);
        var models = stage.OpenAI().GetOpenAIModelClient();

        var ids = (await models.GetModelsAsync(Stop)).Value.Select(model => model.Id).ToList();

        Assert.Empty(SdkStage.Names.Except(ids));
        Assert.Equal("good-model", (await models.GetModelAsync("good-model", Stop)).Value.Id);
        Assert.Equal(404, (await Assert.ThrowsAsync<ClientResultException>(() => models.GetModelAsync("nobody", Stop))).Status);
    }

    [Fact]
    public async Task What_the_SDK_does_not_know_passes_byte_for_byte()
    {
        const string Request = """{"model":"good", "x_param":[1,{"a":null}] , "messages":[{"role":"user","content":"\u00e4 ä","x":1.0}]}""";
        await using var stage = await SdkStage.StartAsync(SimulatedWire.OpenAI);

        var reply = await OpenAISdkTests.Chat(stage).CompleteChatAsync(BinaryContent.Create(BinaryData.FromString(Request)));

        using var json = JsonDocument.Parse(reply.GetRawResponse().Content);
        Assert.Equal("""{"deep":["ä",1.5]}""", json.RootElement.GetProperty("x_new").GetRawText());
        Assert.Equal(Request.Replace("\"good\"", "\"good-model\"", StringComparison.Ordinal), Assert.Single(stage.Good.Requests).Body);
    }

    [Fact]
    public async Task Responses_pass_whole_and_streamed()
    {
        await using var stage = await SdkStage.StartAsync(SimulatedWire.OpenAI);
        var client = stage.OpenAI().GetResponsesClient();

        var whole = (await client.CreateResponseAsync(SdkStage.Model, "hello", cancellationToken: Stop)).Value;
        var updates = await client.CreateResponseStreamingAsync(SdkStage.Model, "hello", cancellationToken: Stop).ToListAsync(Stop);

        Assert.Equal(("resp_1", SdkResponses.Text), (whole.Id, whole.GetOutputText()));
        Assert.Equal(SdkResponses.Text, string.Concat(updates.OfType<StreamingResponseOutputTextDeltaUpdate>().Select(update => update.Delta)));
        Assert.IsType<StreamingResponseCompletedUpdate>(updates[^1]);
    }
}
