using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <content>What is settled and counted for streams that are not read to their end.</content>
public abstract partial class StreamTrapTests
{
    /// <summary>Whether a stream has told tokens before its end. OpenAI tells them at the end alone.</summary>
    protected virtual bool TellsTokensEarly => true;

    [Fact]
    public async Task Trap19_ACallerWhoLeavesEarly_SettlesTheAttemptOnce_AndHangsUp()
    {
        await using var simulated = await StartAsync(new() { Answer = "one two three four" });
        simulated.Faults.Always(Fault.StallAfter(1));
        await using var client = Timed(Entry(simulated, "mine"));

        await foreach (var update in client.GetStreamingResponseAsync("Hello", cancellationToken: Stop))
        {
            break;
        }

        await simulated.Requests[0].WaitForEndAsync(Stop);
        var (circuit, stats) = (client.GetProviderStatus()[0].CircuitBreaker, client.GetRequestStats());
        Assert.Equal((1, 0, 0), (circuit.SuccessCount, circuit.FailureCount, circuit.LateResults));
        Assert.Equal((1, 1), (stats.TotalRequests, stats.SuccessfulRequests));
        Assert.Equal((1, 1), (stats.Providers[0].Requests, stats.Providers[0].Successes));
        Assert.Equal(TellsTokensEarly ? (1, 0) : (0, 1), (stats.Providers[0].InputTokens, stats.Providers[0].UsageUnknown));
    }

    [Fact]
    public async Task StreamsReadToTheirEnd_AreNotHungUpOn_SoThatTheirConnectionServesTheNext()
    {
        await using var simulated = await StartAsync(new() { Answer = "one two three" });
        await using var client = Client(Entry(simulated, "mine"));

        for (var i = 0; i < 200; i++)
        {
            await AskAsync(client, streamed: true);
        }

        var endings = await Task.WhenAll(simulated.Requests.Select(request => request.WaitForEndAsync(Stop)));
        Assert.DoesNotContain(SimulatedEnding.ClientAborted, endings);
    }

    [Fact]
    public async Task Trap21_TheTokensOfAnInterruptedStreamAreKeptIfTold_AndUnknownOnesAreNotZero()
    {
        await using var simulated = await StartAsync(new() { Answer = "one two three four" });
        simulated.Faults.Always(Fault.ErrorEventAfter(2));
        await using var client = Timed(Entry(simulated, "mine"));

        var interruption = await Assert.ThrowsAsync<StreamInterruptedException>(() => AskAsync(client, streamed: true));

        Assert.Equal(TellsTokensEarly ? 1 : null, Assert.Single(interruption.Attempts).Usage?.InputTokenCount);
        Assert.Equal(TellsTokensEarly ? 1 : 0, client.GetRequestStats().Providers[0].InputTokens);
    }

    [Fact]
    public async Task Trap21_TheTokensOfACancelledStreamAreKeptIfTold()
    {
        await using var simulated = await StartAsync(new() { Answer = "one two three four" });
        simulated.Faults.Always(Fault.StallAfter(1));
        await using var client = Timed(Entry(simulated, "mine"));
        using var caller = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("Hello", cancellationToken: caller.Token))
            {
                await caller.CancelAsync();
            }
        });

        Assert.Equal(TellsTokensEarly ? 1 : 0, client.GetRequestStats().Providers[0].InputTokens);
    }

    [Fact]
    public async Task Trap21_TheTokensOfAStreamThatIsTakenUpAreTheCallersToo()
    {
        await using var primary = await StartAsync(new() { Responder = _ => new SimulatedAnswer { Text = "one two three", InputTokens = 90, OutputTokens = 80 } });
        await using var backup = await StartAsync(new() { Responder = _ => new SimulatedAnswer { Text = "one two three", InputTokens = 7, OutputTokens = 5 } });
        primary.Faults.Always(Fault.CutAfter(2));
        var taking = Entry(backup, "backup", priority: 2);
        taking.AcceptsPrefill = false;
        await using var client = new FlexiClient(
            new FlexiOptions { Providers = [Entry(primary, "primary"), taking], StreamRecovery = StreamRecovery.Continue });

        var response = await AskAsync(client, streamed: true);

        Assert.Equal("one two three", response.Text);
        Assert.Equal(TellsTokensEarly ? 97 : 7, response.Usage!.InputTokenCount);
        Assert.Equal([TellsTokensEarly ? 90 : null, 7L], response.Attempts.Select(attempt => attempt.Usage?.InputTokenCount));
    }

    [Fact]
    public async Task Trap21_AfterAFailoverTheAnswersTokensAreTheBackups_AndTheFailedAttemptsUnknownOnesAreNotZero()
    {
        await using var primary = await StartAsync(new() { Responder = _ => new SimulatedAnswer { Text = "one two", InputTokens = 90, OutputTokens = 80 } });
        await using var backup = await StartAsync(new() { Responder = _ => new SimulatedAnswer { Text = "three", InputTokens = 7, OutputTokens = 5 } });
        primary.Faults.Always(Fault.EndAfter(0));
        await using var client = Timed(Entry(primary, "primary"), Entry(backup, "backup", priority: 2));

        var response = await AskAsync(client, streamed: true);

        Assert.Equal((7, 5), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
        Assert.NotEqual(0, response.Attempts[0].Usage?.InputTokenCount);
        Assert.Equal([7L, 5L], new[] { response.Attempts[1].Usage!.InputTokenCount, response.Attempts[1].Usage!.OutputTokenCount });
    }
}
