using System.Text.RegularExpressions;
using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>A conversation that one vendor began goes on at another in that one's own form.</summary>
public sealed partial class Trap20Tests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SimulatedWire.OpenAI, false)]
    [InlineData(SimulatedWire.OpenAI, true)]
    [InlineData(SimulatedWire.Anthropic, false)]
    [InlineData(SimulatedWire.Anthropic, true)]
    public async Task Trap20_TheBackupGetsItsOwnModel_SystemForm_Limit_AndValidToolIds(SimulatedWire first, bool streamed)
    {
        var second = first == SimulatedWire.OpenAI ? SimulatedWire.Anthropic : SimulatedWire.OpenAI;
        await using var primary = await SimulatedProvider.StartAsync(first, new() { Responder = CallsATool }, Stop);
        await using var backup = await SimulatedProvider.StartAsync(second, new() { Answer = "Sunny." }, Stop);

        // The primary asks for the tool, and is gone when the result comes.
        primary.Faults.When(request => request.Number > 1, Fault.Overloaded());
        await using var flexi = new FlexiClient(new FlexiOptions
        {
            Providers = [Entry(primary, priority: 1), Entry(backup, priority: 2)],
            RetryDelay = TimeSpan.Zero,
        });
        using var client = flexi.AsBuilder().UseFunctionInvocation().Build();
        ChatMessage[] messages = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Weather?")];
        var options = new ChatOptions { ModelId = "the-callers", MaxOutputTokens = 7, Tools = [AIFunctionFactory.Create((string city) => $"21 degrees in {city}", "weather")] };

        var response = streamed
            ? await client.GetStreamingResponseAsync(messages, options, Stop).ToChatResponseAsync(Stop)
            : await client.GetResponseAsync(messages, options, Stop);

        Assert.Equal("Sunny.", response.Text);
        var request = Assert.Single(backup.Requests);
        Assert.Equal(Model(second), request.Model);
        Assert.Equal(new SimulatedMessage("system", "Be brief."), request.Messages[0]);
        Assert.Equal(second == SimulatedWire.Anthropic, request.Json!.Value.TryGetProperty("system", out _));
        Assert.Equal(7, request.Json!.Value.GetProperty(second == SimulatedWire.Anthropic ? "max_tokens" : "max_completion_tokens").GetInt32());
        var ids = ToolIds().Matches(request.Body).Select(match => match.Groups["id"].Value).ToList();
        Assert.Equal(2, ids.Count);
        Assert.Equal(ids[0], ids[1]);
        Assert.Matches("^[a-zA-Z0-9_-]{1,40}$", ids[0]);
        Assert.Contains("21 degrees in Paris", request.Body, StringComparison.Ordinal);
    }

    private static SimulatedAnswer CallsATool(SimulatedRequest request) => new() { ToolCalls = [new("weather", """{"city":"Paris"}""")] };

    private static string Model(SimulatedWire wire) => wire == SimulatedWire.Anthropic ? "claude-3-5-haiku-20241022" : "gpt-4o-mini";

    private static ProviderOptions Entry(SimulatedProvider simulated, int priority) => simulated.Wire == SimulatedWire.Anthropic
        ? new AnthropicProvider { BaseUrl = simulated.BaseUrl, ApiKey = "key-of-mine", Model = Model(simulated.Wire), Priority = priority }
        : new OpenAIProvider { BaseUrl = simulated.BaseUrl, ApiKey = "key-of-mine", Model = Model(simulated.Wire), Priority = priority };

    // OpenAI: the call's "id" and the result's "tool_call_id"; Anthropic: "id" and "tool_use_id".
    [GeneratedRegex("\"(?:tool_call_id|tool_use_id|id)\":\"(?<id>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ToolIds();
}
