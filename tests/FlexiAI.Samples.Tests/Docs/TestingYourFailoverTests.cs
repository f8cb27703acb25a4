#pragma warning disable xUnit1051 // The page shows the calls as they are in an application: without the test's token.
using FlexiAI.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Samples;

/// <summary>The tests of the page on testing your failover, run.</summary>
public sealed class TestingYourFailoverTests
{
    [Fact]
    public async Task The_first_test()
    {
        // snippet: testing-first
        await using var openai = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI);
        await using var anthropic = await SimulatedProvider.StartAsync(SimulatedWire.Anthropic, new() { Answer = "Hello from Anthropic" });

        await using var client = new FlexiClient(new FlexiOptions
        {
            Providers =
            [
                new OpenAIProvider    { ApiKey = "any", Model = "gpt-4o-mini",               BaseUrl = openai.BaseUrl,    Priority = 1 },
                new AnthropicProvider { ApiKey = "any", Model = "claude-3-5-haiku-20241022", BaseUrl = anthropic.BaseUrl, Priority = 2 },
            ],
        });

        openai.Faults.Always(Fault.Status(503));

        var response = await client.GetResponseAsync("Hello");

        Assert.Equal("anthropic", response.Provider);
        Assert.Equal("Hello from Anthropic", response.Text);
        // end snippet
    }

    [Fact]
    public async Task Rules_for_when_it_fails()
    {
        await using var openai = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI);

        // snippet: testing-rules
        openai.Faults
            .Next(Fault.RateLimited(TimeSpan.FromSeconds(2)))          // the next request
            .Next(2, Fault.Reset())                                    // the two after it
            .When(request => request.IsStreaming, Fault.StallAfter(20))  // then every streamed one
            .Always(Fault.Status(503));                                // then everything

        openai.Faults.Outage(from: TimeSpan.FromSeconds(10), to: TimeSpan.FromSeconds(70));  // for a minute, counted from now
        openai.Faults.Clear();                                         // healed

        await openai.StopListeningAsync();                             // connections are refused
        await openai.ResumeAsync();                                    // and accepted again, on the same port
        // end snippet

        await using var client = new FlexiClient(OptionsFor(openai));
        Assert.Equal("openai", (await client.GetResponseAsync("Hello")).Provider);
    }

    [Fact]
    public async Task Recovery_without_waiting_for_it()
    {
        await using var openai = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI);
        await using var anthropic = await SimulatedProvider.StartAsync(SimulatedWire.Anthropic);
        var options = OptionsFor(openai, anthropic);

        // snippet: testing-recovery
        var time = new FakeTimeProvider();
        await using var client = new FlexiClient(options, timeProvider: time);   // threshold 3, recovery time 60 s, MaxRetries 0
        openai.Faults.Next(3, Fault.Overloaded());

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("anthropic", (await client.GetResponseAsync("Hello")).Provider);
        }

        Assert.Equal(3, openai.Requests.Count);          // the circuit opened at the third failure

        time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("openai", (await client.GetResponseAsync("Hello")).Provider);
        // end snippet
    }

    [Fact]
    public async Task Streams()
    {
        await using var openai = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI);
        await using var client = new FlexiClient(OptionsFor(openai));

        // snippet: testing-streams
        openai.Answer = "one two three four five six";
        openai.Faults.Next(Fault.CutAfter(3));
        var seen = "";

        var exception = await Assert.ThrowsAsync<StreamInterruptedException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("Count"))
            {
                seen += update.Text;
            }
        });

        Assert.Equal("one two three", seen);             // never presented as the whole answer
        // end snippet
        Assert.Equal(seen, exception.TextSoFar);
    }

    [Fact]
    public async Task What_reached_the_provider()
    {
        await using var openai = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI);
        await using var client = new FlexiClient(OptionsFor(openai));

        // snippet: testing-requests
        openai.Faults.Always(Fault.Silence());
        using var patience = new CancellationTokenSource();
        var call = client.GetResponseAsync("Hello", cancellationToken: patience.Token);

        await openai.WaitForRequestsAsync(1);            // no polling, no sleeping
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(SimulatedEnding.ClientAborted, await openai.Requests[0].WaitForEndAsync());
        // end snippet
    }

    [Fact]
    public async Task What_it_answers()
    {
        await using var openai = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI);
        await using var client = new FlexiClient(OptionsFor(openai));

        // snippet: testing-answers
        openai.Responder = request => request.Messages[^1].Text.Contains("weather", StringComparison.OrdinalIgnoreCase)
            ? new SimulatedAnswer { ToolCalls = [new("get_weather", """{"city":"Vienna"}""")] }
            : "I only know about the weather.";
        // end snippet

        Assert.Equal("I only know about the weather.", (await client.GetResponseAsync("Hello")).Text);
        var contents = (await client.GetResponseAsync("What is the weather in Vienna?")).Messages.SelectMany(message => message.Contents);
        Assert.Equal("get_weather", Assert.Single(contents.OfType<FunctionCallContent>()).Name);
    }

    private static FlexiOptions OptionsFor(SimulatedProvider openai, SimulatedProvider? anthropic = null) => new()
    {
        Providers =
        [
            new OpenAIProvider { ApiKey = "any", Model = "gpt-4o-mini", BaseUrl = openai.BaseUrl, Priority = 1, MaxRetries = 0 },
            .. anthropic is null
                ? Array.Empty<ProviderOptions>()
                : [new AnthropicProvider { ApiKey = "any", Model = "claude-3-5-haiku-20241022", BaseUrl = anthropic.BaseUrl, Priority = 2, MaxRetries = 0 }],
        ],
        CircuitBreaker = new() { FailureThreshold = 3, RecoveryTimeout = TimeSpan.FromSeconds(60) },
    };
}
