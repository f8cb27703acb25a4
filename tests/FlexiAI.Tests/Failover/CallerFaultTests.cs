using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public sealed class CallerFaultTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");

    [Theory]
    [InlineData(FailureKind.InvalidRequest, false)]
    [InlineData(FailureKind.InvalidRequest, true)]
    [InlineData(FailureKind.ContentFiltered, false)]
    [InlineData(FailureKind.ContentFiltered, true)]
    public async Task Trap1_A_callers_fault_is_thrown_as_itself_and_opens_nothing(FailureKind kind, bool streamed)
    {
        using var lab = new Lab(_a.Failing(kind, status: 400), _b).With(entry => entry.MaxRetries = 2);
        for (var i = 0; i < 10; i++)
        {
            var failure = await Assert.ThrowsAnyAsync<ProviderException>(() => lab.AskAsync(streamed));

            Assert.Equal((kind, "a", (int?)null, $"The provider said {kind}."), (failure.Kind, failure.Provider, failure.StatusCode, failure.Reason.Split(": ")[^1]));
        }

        Assert.Equal((10, 0, 0), (_a.Calls, _b.Calls, lab.Circuit("a").FailureCount));
        Assert.Equal(10, lab.Client.GetRequestStats().FailedRequests);
        Assert.Equal(10, lab.Stats("a").Failures[kind]);
    }

    [Theory]
    [InlineData(FailureKind.InvalidRequest, false)]
    [InlineData(FailureKind.ContentFiltered, true)]
    public async Task A_callers_fault_goes_on_if_the_options_say_so(FailureKind kind, bool streamed)
    {
        using var lab = new Lab(_a.Failing(kind), _b) { Options = { FailOverOnCallerFaults = true } };

        Assert.Equal("b", (await lab.AskAsync(streamed)).Provider);
        Assert.Equal(0, lab.Circuit("a").FailureCount);
    }

    [Fact]
    public async Task An_exception_of_the_client_before_it_sent_anything_is_the_callers_fault()
    {
        using var lab = new Lab(_a, _b);
        _a.Reply = _ => throw new NotSupportedException("Tool names are at most 64 characters.");

        var failure = await Assert.ThrowsAsync<ProviderInvalidRequestException>(() => lab.AskAsync());

        Assert.IsType<NotSupportedException>(failure.InnerException);
    }

    [Fact]
    public async Task Kinds_that_CountedFailures_leaves_out_open_nothing()
    {
        using var lab = new Lab(_a.Failing(FailureKind.Timeout), _b);
        lab.Options.CircuitBreaker.CountedFailures.Remove(FailureKind.Timeout);
        for (var i = 0; i < 5; i++)
        {
            await lab.AskAsync();
        }

        Assert.Equal((5, CircuitState.Closed), (_a.Calls, lab.Circuit("a").State));
    }

    [Fact]
    public async Task Trap26_Every_failure_is_an_exception_of_its_own_and_does_not_grow()
    {
        var same = new IOException("always the same instance");
        using var lab = new Lab(_a);
        lab.Options.CircuitBreaker.FailureThreshold = 1_000;
        _a.Reply = _ => Task.FromException<ChatResponse>(same);
        var failures = new List<AllProvidersFailedException>();
        for (var i = 0; i < 50; i++)
        {
            failures.Add(await lab.FailAsync());
        }

        Assert.Equal(50, failures.Distinct().Count());
        Assert.Equal(50, failures.Select(failure => failure.InnerException).Distinct().Count());
        Assert.InRange(failures[^1].ToString().Length, 1, failures[0].ToString().Length + 100);
    }
}
