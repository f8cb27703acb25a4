using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>Streams that break off on the wire and are taken up by another entry of the same type.</summary>
public abstract class TakeUpTests : ProviderTestBase
{
    private const string Whole = "One two three four five six seven eight nine ten.";

    [Theory]
    [InlineData(SimulatedPrefill.Continue, 1)]
    [InlineData(SimulatedPrefill.Reject, 2)]
    public async Task AStreamThatBreaksOff_IsOneWholeAnswer_AlsoWhenThePrefillIsRefused(SimulatedPrefill prefill, int requests)
    {
        await using var primary = await StartAsync(new() { Answer = Whole });
        await using var backup = await StartAsync(new() { Answer = Whole, Prefill = prefill });
        primary.Faults.Always(Fault.CutAfter(5));
        await using var client = Continuing(primary, backup, acceptsPrefill: true);

        var response = await AskAsync(client, streamed: true);

        Assert.Equal((Whole, "backup", requests), (response.Text, response.Provider, backup.Requests.Count));
        Assert.Equal(("assistant", "user"), (backup.Requests[0].Messages[^1].Role, backup.Requests[0].Messages[^2].Role));
        Assert.Equal(Whole, Assert.Single(response.Messages).Text);
        Assert.NotNull(response.FinishReason);
    }

    [Fact]
    public async Task ABackupThatIgnoresThePrefill_TellsNoWordTwice()
    {
        await using var primary = await StartAsync(new() { Answer = Whole });
        await using var backup = await StartAsync(new() { Answer = Whole, Prefill = SimulatedPrefill.Ignore });
        primary.Faults.Always(Fault.CutAfter(8));
        await using var client = Continuing(primary, backup, acceptsPrefill: true);

        Assert.Equal(Whole, (await AskAsync(client, streamed: true)).Text);
    }

    [Fact]
    public async Task AStreamThatBreaksOff_IsAskedAnew_WhereThereIsNoPrefill()
    {
        await using var primary = await StartAsync(new() { Answer = Whole });
        await using var backup = await StartAsync(new() { Answer = Whole });
        primary.Faults.Always(Fault.CutAfter(5));
        await using var client = Continuing(primary, backup, acceptsPrefill: false);

        var response = await AskAsync(client, streamed: true);

        Assert.Equal((Whole, 1), (response.Text, backup.Requests.Count));
        Assert.NotEqual("assistant", backup.Requests[0].Messages[^1].Role);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public async Task AStreamInWhichAToolCallHasBegun_IsNotTakenUp(int tokens, bool begun)
    {
        // Two tokens of text, and then the call.
        var answer = new SimulatedAnswer { Text = "One two", ToolCalls = [new("weather", """{"city":"Paris","days":3,"unit":"celsius"}""")] };
        await using var primary = await StartAsync(new() { Responder = _ => answer });
        await using var backup = await StartAsync(new() { Answer = "One two three", Prefill = SimulatedPrefill.Continue });
        primary.Faults.Always(Fault.CutAfter(tokens));
        await using var client = Continuing(primary, backup, acceptsPrefill: true);
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create((string city) => city, "weather")] };

        if (begun)
        {
            var failure = await Assert.ThrowsAsync<StreamInterruptedException>(() => AskAsync(client, streamed: true, options: options));
            Assert.Equal(("One two", 0), (failure.TextSoFar, backup.Requests.Count));
        }
        else
        {
            Assert.Equal("One two three", (await AskAsync(client, streamed: true, options: options)).Text);
        }
    }

    private FlexiClient Continuing(SimulatedProvider primary, SimulatedProvider backup, bool acceptsPrefill)
    {
        var (first, second) = (Entry(primary, "primary"), Entry(backup, "backup", priority: 2));
        second.AcceptsPrefill = acceptsPrefill;
        return new(new FlexiOptions { Providers = [first, second], StreamRecovery = StreamRecovery.Continue });
    }
}
