using FlexiAI.Testing;

namespace FlexiAI.Tests;

public sealed class FaultScriptTests
{
    private readonly SteppedTime _time = new();

    [Fact]
    public async Task Next_ones_queue_up_before_always_whenever_that_was_said()
    {
        await using var provider = await StartAsync();

        provider.Faults.Always(Fault.Status(500)).Next(2, Fault.Status(429)).Next(Fault.Status(401));

        Assert.Equal([429, 429, 401, 500, 500], await StatusesAsync(provider, 5));
    }

    [Fact]
    public async Task Always_replaces_always_and_clear_heals()
    {
        await using var provider = await StartAsync();

        provider.Faults.Always(Fault.Status(500)).Always(Fault.Status(501));
        Assert.Equal([501], await StatusesAsync(provider, 1));
        provider.Faults.Next(9, Fault.Status(502)).Clear();

        Assert.Equal([200], await StatusesAsync(provider, 1));
    }

    [Fact]
    public async Task When_takes_only_the_requests_it_is_meant_for()
    {
        await using var provider = await StartAsync();
        provider.Faults.When(request => request.Model == "bad", Fault.Status(500));

        using var bad = await Raw.SendAsync(provider.Request(model: "bad"));
        using var good = await Raw.SendAsync(provider.Request(model: "good"));

        Assert.Equal((500, 200), ((int)bad.StatusCode, (int)good.StatusCode));
        Assert.Equal(["status 500", null], provider.Requests.Select(request => request.Fault));
    }

    [Fact]
    public async Task A_condition_that_throws_is_told_in_the_reply()
    {
        await using var provider = await StartAsync();
        provider.Faults.When(_ => throw new InvalidOperationException("oops"), Fault.Reset());

        Assert.Equal("The condition of a fault failed: oops", (string?)(await Raw.SendJsonAsync(provider.Request()))["error"]!["message"]);
    }

    [Fact]
    public async Task An_outage_begins_and_ends_on_the_providers_clock()
    {
        await using var provider = await StartAsync();
        provider.Faults.Outage(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(70));
        var statuses = new List<int>();
        foreach (var step in new double[] { 0, 9.999, 0.001, 59.999, 0.001 })
        {
            _time.Advance(TimeSpan.FromSeconds(step));
            statuses.AddRange(await StatusesAsync(provider, 1));
        }

        Assert.Equal([200, 200, 503, 503, 200], statuses);
    }

    [Fact]
    public async Task A_delay_waits_on_the_providers_clock()
    {
        await using var provider = await StartAsync();
        provider.Faults.Next(Fault.Status(503).AfterDelay(TimeSpan.FromSeconds(30)));
        var call = Raw.SendAsync(provider.Request());
        await provider.WaitForRequestsAsync(1, Raw.Token);

        await _time.PassDelaysAsync(1);

        using var response = await call;
        Assert.Equal(503, (int)response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), _time.GetUtcNow() - provider.Requests[0].ReceivedAt);
    }

    [Theory]
    [InlineData(true, 24)]
    [InlineData(false, 4)]
    public async Task Tokens_come_at_the_speed_of_the_providers_clock(bool slowFirst, int seconds)
    {
        await using var provider = await StartAsync("one two three four");
        provider.Faults.Next(slowFirst
            ? Fault.SlowFirstToken(TimeSpan.FromSeconds(21)).WithTokenDelay(TimeSpan.FromSeconds(1))
            : Fault.SlowTokens(TimeSpan.FromSeconds(1)));
        using var http = new HttpClient();
        using var response = await http.SendAsync(provider.Request(stream: true), HttpCompletionOption.ResponseHeadersRead, Raw.Token);
        var begin = _time.GetUtcNow();
        var text = response.Content.ReadAsStringAsync(Raw.Token);

        await _time.PassDelaysAsync(4);

        Assert.Contains("four", await text, StringComparison.Ordinal);
        Assert.Equal(seconds, (_time.GetUtcNow() - begin).TotalSeconds);
    }

    [Fact]
    public void Impossible_rules_are_rejected()
    {
        var script = new FaultScript(_time);

        Assert.Throws<ArgumentOutOfRangeException>(() => script.Next(0, Fault.Reset()));
        Assert.Throws<ArgumentOutOfRangeException>(() => script.Outage(TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => script.Outage(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentNullException>(() => script.Always(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fault.CutAfter(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fault.Delay(TimeSpan.FromSeconds(-1)));
    }

    private Task<SimulatedProvider> StartAsync(string answer = "Fine") =>
        Raw.StartAsync(SimulatedWire.OpenAI, new() { TimeProvider = _time, Answer = answer });

    private static async Task<List<int>> StatusesAsync(SimulatedProvider provider, int count)
    {
        var statuses = new List<int>();
        for (var i = 0; i < count; i++)
        {
            using var response = await Raw.SendAsync(provider.Request());
            statuses.Add((int)response.StatusCode);
        }

        return statuses;
    }
}
