using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public sealed class PrefillTests
{
    private const string Whole = "one two three four";

    [Theory]
    [InlineData(SimulatedWire.Anthropic, SimulatedPrefill.WireDefault, "one two", " three four")]
    [InlineData(SimulatedWire.Anthropic, SimulatedPrefill.WireDefault, "something else", Whole)]
    [InlineData(SimulatedWire.Anthropic, SimulatedPrefill.Ignore, "one two", Whole)]
    [InlineData(SimulatedWire.OpenAI, SimulatedPrefill.WireDefault, "one two", Whole)]
    [InlineData(SimulatedWire.OpenAI, SimulatedPrefill.Continue, "one two", " three four")]
    public async Task An_answer_goes_on_where_the_assistants_message_ends(SimulatedWire wire, SimulatedPrefill mode, string prefill, string expected)
    {
        await using var provider = await Raw.StartAsync(wire, new() { Answer = Whole, Prefill = mode });
        using var client = provider.Chat();
        ChatMessage[] messages = [new(ChatRole.User, "Count"), new(ChatRole.Assistant, prefill)];

        var whole = await client.GetResponseAsync(messages, cancellationToken: Raw.Token);
        var streamed = await client.GetStreamingResponseAsync(messages, cancellationToken: Raw.Token).ToChatResponseAsync(Raw.Token);

        Assert.Equal((expected, expected), (whole.Text, streamed.Text));
    }

    [Theory]
    [InlineData(SimulatedWire.OpenAI)]
    [InlineData(SimulatedWire.Anthropic)]
    public async Task A_rejected_prefill_is_a_400(SimulatedWire wire)
    {
        await using var provider = await Raw.StartAsync(wire, new() { Prefill = SimulatedPrefill.Reject });
        using var client = provider.Chat();

        await Assert.ThrowsAnyAsync<Exception>(() => client.GetResponseAsync(
            [new(ChatRole.User, "Count"), new(ChatRole.Assistant, "one")], cancellationToken: Raw.Token));
        await client.GetResponseAsync([new(ChatRole.User, "Count")], cancellationToken: Raw.Token);

        Assert.Equal([400, 200], provider.Requests.Select(request => request.Status));
    }
}
