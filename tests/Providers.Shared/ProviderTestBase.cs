using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>What the tests of every provider type share: the type's own entry, against a simulated provider, by way of the client.</summary>
public abstract class ProviderTestBase
{
    protected const string Key = "sk-test-very-secret-0123456789-WXYZ";

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected abstract SimulatedWire Wire { get; }

    /// <summary>An entry of the type that reaches the simulated provider with <see cref="Key"/>.</summary>
    protected abstract ProviderOptions CreateEntry(SimulatedProvider simulated);

    protected Task<SimulatedProvider> StartAsync(SimulatedProviderOptions? options = null) => SimulatedProvider.StartAsync(Wire, options, Stop);

    protected ProviderOptions Entry(SimulatedProvider simulated, string name, int priority = 1)
    {
        var entry = CreateEntry(simulated);
        (entry.Name, entry.Priority) = (name, priority);
        return entry;
    }

    protected static FlexiClient Client(params ProviderOptions[] entries) =>
        new(new FlexiOptions { Providers = [.. entries], RetryDelay = TimeSpan.Zero });

    /// <summary>Reads until this text has come.</summary>
    protected static async Task ReadToAsync(IAsyncEnumerator<ChatResponseUpdate> stream, string text)
    {
        for (var soFar = ""; soFar != text; soFar += stream.Current.Text)
        {
            Assert.True(await stream.MoveNextAsync());
        }
    }

    /// <summary>Asks, streamed or not, and gives the answer as one.</summary>
    protected static async Task<ChatResponse> AskAsync(
        IChatClient client, bool streamed, IEnumerable<ChatMessage>? messages = null, ChatOptions? options = null)
    {
        messages ??= [new ChatMessage(ChatRole.User, "Hello")];
        return streamed
            ? await client.GetStreamingResponseAsync(messages, options, Stop).ToChatResponseAsync(Stop)
            : await client.GetResponseAsync(messages, options, Stop);
    }

    protected static void AssertNoSecret(string text) => Assert.DoesNotContain("very-secret", text, StringComparison.Ordinal);
}
