using FlexiAI.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;

namespace FlexiAI.Tests;

/// <summary>Both types at a simulated Google, through the client.</summary>
public class WallTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task An_answer_arrives_with_its_usage(bool vertex, bool streamed)
    {
        await using var pair = await Pair.StartAsync(vertex, options: new() { RequiredApiKey = vertex ? Make.Token : Make.Key });
        pair.Primary.Responder = _ => new SimulatedAnswer { Text = "one two", Reasoning = "hm hm", InputTokens = 10, CachedInputTokens = 4, OutputTokens = 5 };
        var response = await pair.AskAsync(streamed);
        Assert.Equal(("primary", "one two", ChatFinishReason.Stop), (response.Provider, response.Text, response.FinishReason!.Value));
        Assert.Equal("hm hm", string.Concat(response.Messages[0].Contents.OfType<TextReasoningContent>().Select(part => part.Text)));
        Assert.Equal((10, 5, 15), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
        Assert.Equal((4, 2), (response.Usage.CachedInputTokenCount, response.Usage.ReasoningTokenCount));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Tools_are_called_and_answered(bool vertex, bool streamed)
    {
        await using var pair = await Pair.StartAsync(vertex);
        pair.Primary.Responder = request => request.Json!.Value.GetProperty("contents").GetArrayLength() == 1
            ? new SimulatedAnswer { ToolCalls = [new SimulatedToolCall("weather", """{"city":"Rome"}"""), new SimulatedToolCall("weather", """{"city":"Oslo"}""")] }
            : "Sunny in both.";
        List<string> cities = [];
        using var client = new FunctionInvokingChatClient(pair.Client);
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create((string city) => { cities.Add(city); return "Sunny"; }, "weather")] };
        var response = streamed
            ? await client.GetStreamingResponseAsync("Weather?", options, Make.Cancel).ToChatResponseAsync(Make.Cancel)
            : await client.GetResponseAsync("Weather?", options, Make.Cancel);
        Assert.Equal("Sunny in both.", response.Text);
        Assert.Equal(["Rome", "Oslo"], cities);
        var results = pair.Primary.Requests[1].Json!.Value.GetProperty("contents")[2].GetProperty("parts");
        Make.EqualJson(
            """
            [{"functionResponse":{"name":"weather","response":{"output":"Sunny"}}},{"functionResponse":{"name":"weather","response":{"output":"Sunny"}}}]
            """,
            results);
    }

    [Fact]
    public async Task Embeddings_go_through_the_same_client()
    {
        await using var pair = await Pair.StartAsync(vertex: false, configure: (entry, _) => ((GoogleProvider)entry).EmbeddingModel = "gemini-embedding-001");
        var embeddings = await pair.Client.EmbeddingGenerator.GenerateAsync(["a", "b"], new() { Dimensions = 3 }, Make.Cancel);
        Assert.Equal("primary", embeddings.Provider);
        Assert.All(embeddings, embedding => Assert.Equal(3, embedding.Vector.Length));
    }

    [Fact]
    public async Task A_refusal_with_text_is_an_answer()
    {
        await using var pair = await Pair.StartAsync(vertex: false);
        pair.Primary.Responder = _ => new SimulatedAnswer { Text = "I cannot", Finish = SimulatedFinish.ContentFilter };
        Assert.Equal(ChatFinishReason.ContentFilter, (await pair.AskAsync(streamed: false)).FinishReason);
    }

    [Fact]
    public void A_configuration_names_both_types_and_every_setting()
    {
        var builder = new FlexiAIBuilder().AddGoogle();
        Assert.Equal(["gemini", "vertexai"], builder.ProviderTypes);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["0:Type"] = "Gemini",
            ["0:ApiKey"] = "key",
            ["0:Model"] = "gemini-2.5-flash",
            ["0:EmbeddingModel"] = "gemini-embedding-001",
            ["0:ThinkingBudget"] = "0",
            ["0:SafetySettings:HARM_CATEGORY_HARASSMENT"] = "BLOCK_NONE",
            ["0:Timeout"] = "00:00:30",
            ["1:Type"] = "vertexai",
            ["1:Project"] = "p",
            ["1:Location"] = "global",
            ["1:ServiceAccountFile"] = "key.json",
            ["1:Priority"] = "2",
        }).Build();
        var gemini = Assert.IsType<GeminiProvider>(builder.Create(configuration.GetSection("0")));
        Assert.Equal(("key", "gemini-2.5-flash", "gemini-embedding-001", 0), (gemini.ApiKey, gemini.Model, gemini.EmbeddingModel, gemini.ThinkingBudget));
        Assert.Equal("BLOCK_NONE", gemini.SafetySettings["HARM_CATEGORY_HARASSMENT"]);
        Assert.Equal(TimeSpan.FromSeconds(30), gemini.Timeout);
        var vertex = Assert.IsType<VertexAIProvider>(builder.Create(configuration.GetSection("1")));
        Assert.Equal(("p", "global", "key.json", 2), (vertex.Project, vertex.Location, vertex.ServiceAccountFile, vertex.Priority));
    }
}
