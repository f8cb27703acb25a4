using System.Globalization;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>Many callers at once, some of whom leave: each is told its own answer, and no provider sees one caller's bytes in another's request.</summary>
public sealed class IsolationTests
{
    private const int Callers = 200;

    [Theory]
    [InlineData(SimulatedWire.OpenAI, "/v1/chat/completions")]
    [InlineData(SimulatedWire.Anthropic, "/v1/messages")]
    [InlineData(SimulatedWire.Anthropic, "/v1/chat/completions")]
    public async Task Every_caller_receives_its_own_bytes_alone(SimulatedWire wire, string path)
    {
        await using var one = await SimulatedProvider.StartAsync(wire, new() { Name = "one", Responder = Echo }, SecuredGateway.Stop);
        await using var two = await SimulatedProvider.StartAsync(wire, new() { Name = "two", Responder = Echo }, SecuredGateway.Stop);

        // Every third request waits until it is hedged, and is given up while its body may still be under way.
        one.Faults.When(request => request.Number % 3 == 0, Fault.Silence());
        await using var gateway = await SecuredGateway.StartAsync(
            [Impatient(one, 1), Impatient(two, 2)],
            gateway: null,
            client => (client.HedgeAfter, client.HedgeBudget, client.CircuitBreaker.FailureThreshold) = (TimeSpan.FromMilliseconds(50), 1, 1_000_000));

        await Parallel.ForAsync(0, Callers, new ParallelOptions { MaxDegreeOfParallelism = 50, CancellationToken = SecuredGateway.Stop }, async (caller, _) =>
            await AskAsync(gateway, path, caller));

        Assert.All(one.Requests.Concat(two.Requests).Where(request => request.Json is not null), request =>
        {
            var words = request.Messages[^1].Text.Split(' ');
            Assert.Equal(int.Parse(words[0], CultureInfo.InvariantCulture), words.Skip(1).Count(word => word == words[1]));
            Assert.Equal(words.Length - 1, words.Count(word => word == words[1]));
        });
    }

    // One whose hedge is spent waits for silence to end.
    private static ProviderOptions Impatient(SimulatedProvider provider, int priority)
    {
        var entry = GatewayHost.Entry(provider, priority);
        entry.Timeout = TimeSpan.FromSeconds(5);
        return entry;
    }

    private static SimulatedAnswer Echo(SimulatedRequest request) => request.Messages[^1].Text;

    private static async Task AskAsync(SecuredGateway gateway, string path, int caller)
    {
        var mine = string.Create(CultureInfo.InvariantCulture, $"caller{caller:D4}x");
        var words = 100 + (caller * 37 % 3000);
        var streamed = caller % 2 == 0;
        var text = string.Create(CultureInfo.InvariantCulture, $"{words} {string.Join(' ', Enumerable.Repeat(mine, words))}");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(SecuredGateway.Stop);
        if (caller % 5 == 0)
        {
            stop.CancelAfter(TimeSpan.FromMilliseconds(caller % 60));
        }

        try
        {
            using var response = await gateway.SendAsync(
                HttpMethod.Post,
                path,
                $$"""{"model":"auto","max_tokens":9999,"stream":{{(streamed ? "true" : "false")}},"messages":[{"role":"user","content":"{{text}}"}]}""",
                stop: stop.Token);
            var reply = await response.Content.ReadAsStringAsync(stop.Token);
            Assert.True(response.IsSuccessStatusCode, reply);
            Assert.Contains(mine, reply, StringComparison.Ordinal);
            Assert.DoesNotMatch($"caller(?!{caller:D4}x)[0-9]", reply);
            if (!streamed)
            {
                Assert.Contains(text, reply, StringComparison.Ordinal);
            }
        }
        catch (OperationCanceledException) when (caller % 5 == 0)
        {
            // It left.
        }
    }
}
