using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>What a chat can hold comes through one provider type, streamed and not.</summary>
public abstract class CapabilityTests : ProviderTestBase
{
    // A PNG's first bytes; nobody looks further.
    private static readonly byte[] Image = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AQuestion_IsAnswered_WithFinishReasonAndUsage(bool streamed)
    {
        await using var simulated = await StartAsync(new() { Answer = "Good day to you" });
        var entry = Entry(simulated, "mine");
        await using var client = Client(entry);

        var response = await AskAsync(client, streamed);

        Assert.Equal("Good day to you", response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal((1, 4), (response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount));
        Assert.Equal("mine", response.Provider);
        var request = Assert.Single(simulated.Requests);
        Assert.Equal((SimulatedOperation.Chat, entry.Model, streamed), (request.Operation, request.Model, request.IsStreaming));
        Assert.Equal(SimulatedEnding.Answered, await request.WaitForEndAsync(Stop));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SystemMessageAndEarlierTurns_ReachTheModelInOrder(bool streamed)
    {
        await using var simulated = await StartAsync();
        await using var client = Client(Entry(simulated, "mine"));

        await AskAsync(client, streamed,
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.User, "One?"),
            new(ChatRole.Assistant, "Two."),
            new(ChatRole.User, "Three?"),
        ]);

        SimulatedMessage[] expected = [new("system", "Be brief."), new("user", "One?"), new("assistant", "Two."), new("user", "Three?")];
        Assert.Equal(expected, simulated.Requests[0].Messages);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ATool_IsCalled_AndItsResultReachesTheModelUnderTheSameId(bool streamed)
    {
        await using var simulated = await StartAsync(new()
        {
            Responder = request => request.Number == 1
                ? new SimulatedAnswer { ToolCalls = [new("weather", """{"city":"Paris"}""")] }
                : "Sunny.",
        });
        await using var flexi = Client(Entry(simulated, "mine"));
        using var client = flexi.AsBuilder().UseFunctionInvocation().Build();
        var asked = new List<string>();
        var weather = AIFunctionFactory.Create(
            (string city) =>
            {
                asked.Add(city);
                return "21 degrees";
            },
            "weather");

        var response = await AskAsync(client, streamed, options: new() { Tools = [weather] });

        Assert.Equal("Sunny.", response.Text);
        Assert.Equal(["Paris"], asked);
        Assert.Equal(2, simulated.Requests.Count);
        var call = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Single();
        var (callId, resultId) = ToolIds(simulated.Requests[1]);
        Assert.Equal((call.CallId, call.CallId), (callId, resultId));
        Assert.Contains("21 degrees", simulated.Requests[1].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnImage_ReachesTheModel(bool streamed)
    {
        await using var simulated = await StartAsync();
        await using var client = Client(Entry(simulated, "mine"));

        await AskAsync(client, streamed, [new(ChatRole.User, [new TextContent("What is it?"), new DataContent(Image, "image/png")])]);

        Assert.Contains(Convert.ToBase64String(Image), simulated.Requests[0].Body, StringComparison.Ordinal);
        Assert.Equal(new SimulatedMessage("user", "What is it?"), Assert.Single(simulated.Requests[0].Messages));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AJsonSchema_ReachesTheModel(bool streamed)
    {
        await using var simulated = await StartAsync(new() { Answer = """{"city":"Paris","degrees":21}""" });
        await using var client = Client(Entry(simulated, "mine"));

        var response = await AskAsync(client, streamed, options: new() { ResponseFormat = ChatResponseFormat.ForJsonSchema<Weather>() });

        Assert.Equal("""{"city":"Paris","degrees":21}""", response.Text);
        Assert.Contains("\"degrees\"", simulated.Requests[0].Body, StringComparison.Ordinal);
        Assert.Contains("json_schema", simulated.Requests[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TheLimitOfTokens_IsSent_AndAnAnswerCutByItIsAnAnswer(bool streamed)
    {
        await using var simulated = await StartAsync(new() { Responder = _ => new SimulatedAnswer { Text = "Good", Finish = SimulatedFinish.Length } });
        await using var client = Client(Entry(simulated, "mine"));

        var response = await AskAsync(client, streamed, options: new() { MaxOutputTokens = 7, Temperature = 0.5f, StopSequences = ["END"] });

        Assert.Equal(("Good", ChatFinishReason.Length), (response.Text, response.FinishReason));
        var json = simulated.Requests[0].Json!.Value;
        Assert.Equal(7, json.GetProperty(TokenLimitProperty).GetInt32());
        Assert.Equal(0.5, json.GetProperty("temperature").GetDouble());
        Assert.Contains("\"END\"", simulated.Requests[0].Body, StringComparison.Ordinal);
    }

    protected abstract string TokenLimitProperty { get; }

    /// <summary>The id of the tool's call and of its result, as the second request names them.</summary>
    protected abstract (string? Call, string? Result) ToolIds(SimulatedRequest request);

    private sealed record Weather(string City, int Degrees);
}
