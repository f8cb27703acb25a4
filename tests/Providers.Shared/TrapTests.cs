using FlexiAI.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

/// <summary>Mistakes that others made and that depend on the vendor.</summary>
public abstract class TrapTests : ProviderTestBase
{
    /// <summary>Answers with status 400 that are no fault of the caller's.</summary>
    protected abstract IEnumerable<(Fault Fault, FailureKind Kind)> BadRequestsThatAreNotTheCallers { get; }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Trap02_A400ThatIsNotTheCallersFault_FailsOver(bool streamed)
    {
        foreach (var (fault, kind) in BadRequestsThatAreNotTheCallers)
        {
            await using var primary = await StartAsync();
            await using var backup = await StartAsync();
            primary.Faults.Always(fault);
            await using var client = Client(Entry(primary, "primary"), Entry(backup, "backup", priority: 2));

            var response = await AskAsync(client, streamed);

            Assert.Equal("backup", response.Provider);
            Assert.Equal((kind, 400), (response.Attempts[0].Kind, response.Attempts[0].StatusCode));
            Assert.Equal(1, client.GetProviderStatus()[0].CircuitBreaker.FailureCount);
        }
    }

    public static TheoryData<string, string, double?> RetryAfterForms => new()
    {
        { "retry-after", "90", 90 },
        { "retry-after", "1.5", 1.5 },
        { "retry-after", "Fri, 02 Jan 2026 00:01:30 GMT", 90 },
        { "retry-after", "Thu, 01 Jan 2026 00:00:00 GMT", null }, // past
        { "retry-after", "-5", null },
        { "retry-after", "soon", null },
        { "retry-after-ms", "2500", 2.5 },
        { "x-ratelimit-reset-requests", "6m0s", 360 },
        { "anthropic-ratelimit-requests-reset", "2026-01-02T00:02:00Z", 120 },
    };

    [Theory]
    [MemberData(nameof(RetryAfterForms))]
    public async Task Trap12_RetryAfterIsReadInEveryForm(string header, string value, double? seconds)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero));
        await using var simulated = await StartAsync(new() { TimeProvider = time });

        // A window says when it is refilled with every reply: it is a reason to wait only if it is empty.
        var fault = Fault.Status(429, "{}").WithHeader(header, value);
        simulated.Faults.Always(header.Contains("reset", StringComparison.Ordinal)
            ? fault.WithHeader("x-ratelimit-remaining-requests", "0").WithHeader("anthropic-ratelimit-requests-remaining", "0")
            : fault);
        await using var client = new FlexiClient(
            new() { Providers = [Entry(simulated, "mine")], MaxRetryAfterWait = TimeSpan.Zero }, timeProvider: time);

        var exception = await Assert.ThrowsAsync<AllProvidersFailedException>(() => client.GetResponseAsync("Hello", cancellationToken: Stop));

        TimeSpan? expected = seconds is { } s ? TimeSpan.FromSeconds(s) : null;
        Assert.Equal(expected, exception.Attempts[0].RetryAfter);
        Assert.Equal(expected ?? TimeSpan.Zero, exception.RetryAfter);
    }

    [Fact]
    public async Task Trap12_AHugeRetryAfter_IsCutToTheCap()
    {
        await using var simulated = await StartAsync();
        simulated.Faults.Always(Fault.Status(429, "{}").WithHeader("retry-after", "99999999999"));
        await using var client = new FlexiClient(new() { Providers = [Entry(simulated, "mine")] }, timeProvider: new FakeTimeProvider());

        var exception = await Assert.ThrowsAsync<AllProvidersFailedException>(() => client.GetResponseAsync("Hello", cancellationToken: Stop));

        Assert.Equal(TimeSpan.FromMinutes(10), exception.RetryAfter);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnErrorEventAfterContent_IsAnInterruption_NeverAWholeAnswer(bool streamed)
    {
        await using var simulated = await StartAsync(new() { Answer = "one two three four" });
        simulated.Faults.Always(Fault.ErrorEventAfter(2));
        var entry = Entry(simulated, "mine");
        entry.MaxRetries = 0;
        await using var client = Client(entry);

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(client, streamed));

        if (streamed)
        {
            var interrupted = Assert.IsType<StreamInterruptedException>(exception);
            Assert.Equal((FailureKind.ServerError, "one two"), (interrupted.Kind, interrupted.TextSoFar));
        }
        else
        {
            Assert.IsType<AllProvidersFailedException>(exception);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Trap22_TheSdkNeverRetries_WhateverTheProviderSays(bool streamed)
    {
        Fault[] faults = [Fault.Status(429).WithHeader("retry-after", "0"), Fault.Status(500), Fault.Status(503), Fault.Status(408), Fault.Status(409), Fault.Reset()];
        foreach (var fault in faults)
        {
            await using var simulated = await StartAsync();
            simulated.Faults.Always(fault.WithHeader("x-should-retry", "true"));
            var entry = Entry(simulated, "mine");
            entry.MaxRetries = 0;
            await using var client = Client(entry);

            await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(client, streamed));

            Assert.Single(simulated.Requests);
        }
    }
}
