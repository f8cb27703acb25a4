using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Options;

namespace FlexiAI.Tests;

/// <summary>What of a client at work stays, and what begins anew, when it is given other options.</summary>
public sealed class ReconfigureTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");
    private readonly FakeChat _c = new("c");

    [Fact]
    public async Task Trap23_An_unchanged_entry_keeps_its_failures_its_openness_and_its_statistics()
    {
        using var lab = new Lab(_a.Failing(FailureKind.ServerError), _b);
        await lab.AskAsync();
        await lab.AskAsync();

        lab.Client.Reconfigure(Options(Entry(_a, 1), Entry(_b, 2)));

        Assert.Equal((CircuitState.Closed, 2, 2), (lab.Circuit("a").State, lab.Circuit("a").FailureCount, lab.Stats("a").Requests));
        await lab.AskAsync();
        lab.Client.Reconfigure(Options(Entry(_a, 1), Entry(_b, 2)));
        var calls = _a.Calls;
        Assert.Equal(CircuitState.Open, lab.Circuit("a").State);
        Assert.Equal("b", (await lab.AskAsync()).Provider);
        Assert.Equal((calls, 4), (_a.Calls, lab.Stats("b").Successes));
        lab.Time.Advance(TimeSpan.FromSeconds(60));
        _a.Healthy();
        Assert.Equal("a", (await lab.AskAsync()).Provider);
        Assert.Equal(0, _a.Disposals);
    }

    [Fact]
    public async Task Priority_limits_and_retries_change_without_a_loss_and_hold_from_the_next_request_on()
    {
        using var lab = new Lab(_a.Failing(FailureKind.ServerError), _b);
        await lab.AskAsync();

        var entry = Entry(_a, 3);
        (entry.Timeout, entry.IdleTimeout, entry.FirstTokenTimeout, entry.MaxRetries) = (TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2), 1);
        lab.Client.Reconfigure(Options(entry, Entry(_b, 4)));

        Assert.Equal((3, 1, 1), (lab.Status("a").Priority, lab.Circuit("a").FailureCount, lab.Stats("a").Requests));
        _b.Failing(FailureKind.ServerError);
        _a.Deaf();
        var asking = lab.FailAsync();
        await _a.Arrival(2);
        lab.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(FailureKind.Timeout, (await asking).Attempts[0].Kind);
    }

    [Fact]
    public async Task The_order_of_asking_is_the_new_one()
    {
        using var lab = new Lab(_a, _b);
        Assert.Equal("a", (await lab.AskAsync()).Provider);

        lab.Client.Reconfigure(Options(Entry(_a, 2), Entry(_b, 1)));

        Assert.Equal("b", (await lab.AskAsync()).Provider);
    }

    [Theory]
    [InlineData("client")]
    [InlineData("model")]
    [InlineData("key")]
    [InlineData("address")]
    [InlineData("connecting")]
    public async Task An_entry_that_needs_another_client_begins_anew(string change)
    {
        using var lab = new Lab(_a.Failing(FailureKind.ServerError), _b);
        await lab.AskAsync();

        var entry = change == "client" ? new ChatClientProvider("a", _c) { MaxRetries = 0 } : Entry(_a, 1);
        entry.Model = change == "model" ? "m" : "";
        entry.ApiKey = change == "key" ? "key-0123456789" : null;
        entry.BaseUrl = change == "address" ? "http://127.0.0.1:1" : null;
        entry.ConnectTimeout = TimeSpan.FromSeconds(change == "connecting" ? 1 : 5);
        lab.Client.Reconfigure(Options(entry, Entry(_b, 2)));

        Assert.Equal((0, 0), (lab.Circuit("a").FailureCount, lab.Stats("a").Requests));
    }

    [Fact]
    public async Task Circuits_that_are_to_open_otherwise_are_new_over_the_same_clients()
    {
        using var lab = new Lab(_a, _b);
        await lab.OpenAsync(_a);

        var options = Options(Entry(_a, 1), Entry(_b, 2));
        options.CircuitBreaker.FailureThreshold = 7;
        lab.Client.Reconfigure(options);

        Assert.Equal((CircuitState.Closed, 7, 3), (lab.Circuit("a").State, lab.Circuit("a").Options.FailureThreshold, lab.Stats("a").Requests));
        Assert.Equal(0, _a.Disposals);
    }

    [Fact]
    public async Task The_settings_of_requests_are_the_new_ones()
    {
        using var lab = new Lab(_a.Failing(FailureKind.InvalidRequest), _b);
        await Assert.ThrowsAnyAsync<ProviderException>(() => lab.AskAsync());

        var options = Options(Entry(_a, 1), Entry(_b, 2));
        (options.FailOverOnCallerFaults, options.DefaultTemperature) = (true, 0.5f);
        lab.Client.Reconfigure(options);

        Assert.Equal("b", (await lab.AskAsync()).Provider);
        Assert.Equal(0.5f, _b.LastCall.Options?.Temperature);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("twice")]
    [InlineData("threshold")]
    public async Task Invalid_options_change_nothing(string wrong)
    {
        using var lab = new Lab(_a.Failing(FailureKind.ServerError), _b);
        await lab.AskAsync();
        var options = wrong switch
        {
            "none" => Options(),
            "twice" => Options(Entry(_c, 1), new ChatClientProvider("C", _a)),
            _ => Options(Entry(_c, 1)),
        };
        options.CircuitBreaker.FailureThreshold = wrong == "threshold" ? 0 : 3;

        Assert.Throws<OptionsValidationException>(() => lab.Client.Reconfigure(options));

        Assert.Equal(["a", "b"], lab.Client.GetProviderStatus().Select(status => status.Name));
        Assert.Equal(1, lab.Circuit("a").FailureCount);
        Assert.Equal("b", (await lab.AskAsync()).Provider);
        Assert.Equal((0, 0, 0), (_a.Disposals, _b.Disposals, _c.Disposals));
    }

    [Fact]
    public async Task The_promoted_primary_stays_first_while_there_is_an_entry_of_its_name()
    {
        using var lab = new Lab(_a, _b);
        lab.Client.SetPrimaryProvider("b");

        lab.Client.Reconfigure(Options(Entry(_a, 1), new ChatClientProvider("B", _c) { Priority = 9 }));
        Assert.Equal("B", (await lab.AskAsync()).Provider);
        lab.Client.Reconfigure(Options(Entry(_a, 1)));
        lab.Client.Reconfigure(Options(Entry(_a, 1), Entry(_b, 2)));

        Assert.Equal("a", (await lab.AskAsync()).Provider);
    }

    [Fact]
    public async Task The_spelling_of_a_kept_entry_s_name_stays()
    {
        using var lab = new Lab(_a, _b);
        await lab.OpenAsync(_a);

        lab.Client.Reconfigure(Options(new ChatClientProvider("A", _a), Entry(_b, 2)));

        Assert.Equal(("a", "a", CircuitState.Open), (lab.Status("a").Name, lab.Circuit("a").Name, lab.Circuit("a").State));
    }

    [Fact]
    public async Task Events_and_gauges_follow_the_present_entries()
    {
        using var meters = new TestMeters();
        using var lab = new Lab(_a, _b) { Meters = meters, Options = { CircuitBreaker = { FailureThreshold = 1 } } };
        var told = new ConcurrentQueue<string>();
        using var hear = new SemaphoreSlim(0);
        lab.Client.CircuitChanged += (_, transition) =>
        {
            told.Enqueue(transition.Circuit);
            hear.Release();
        };
        using var states = new MetricCollector<int>(meters, "FlexiAI", "flexiai.circuit.state");
        _a.Deaf();
        using var caller = new CancellationTokenSource();
        var asking = lab.AskAsync(caller: caller.Token);
        await _a.Arrival(1);
        var options = Options(Entry(_b, 2), Entry(_c, 3));
        options.CircuitBreaker.FailureThreshold = 1;

        lab.Client.Reconfigure(options);
        lab.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("b", (await asking).Provider);
        lab.Client.IsolateProvider("c");
        await hear.WaitAsync(Lab.Stop);
        lab.Client.IsolateProvider("b");
        await hear.WaitAsync(Lab.Stop);

        Assert.Equal(["c", "b"], told);
        states.RecordObservableInstruments();
        Assert.Equal([("b", 3), ("c", 3)], states.GetMeasurementSnapshot().Select(m => ((string)m.Tags["flexiai.provider"]!, m.Value)));
        Assert.Throws<ArgumentException>(() => lab.Client.GetProviderStatus("a"));
    }

    [Fact]
    public async Task The_totals_still_count_what_entries_did_that_are_gone()
    {
        using var lab = new Lab(_a, _b);
        await lab.AskAsync();
        await lab.AskAsync();

        lab.Client.Reconfigure(Options(Entry(_b, 2)));
        await _a.DisposalAsync();
        await lab.AskAsync();

        var stats = lab.Client.GetRequestStats();
        Assert.Equal((3, 3), (stats.TotalRequests, stats.SuccessfulRequests));
        Assert.Equal("b", Assert.Single(stats.Providers).Name);
    }

    [Fact]
    public void A_disposed_client_takes_no_options()
    {
        var lab = new Lab(_a);
        lab.Client.Dispose();

        Assert.Throws<ObjectDisposedException>(() => lab.Client.Reconfigure(Options(Entry(_c, 1))));
        Assert.Throws<ArgumentNullException>(() => lab.Client.Reconfigure(null!));
        Assert.Equal((1, 0), (_a.Disposals, _c.Disposals));
    }

    private static ChatClientProvider Entry(FakeChat chat, int priority) => new(chat.Name, chat) { Priority = priority, MaxRetries = 0 };

    private static FlexiOptions Options(params ProviderOptions[] entries) => new() { Providers = [.. entries], CircuitBreaker = { FailureThreshold = 3 } };
}
