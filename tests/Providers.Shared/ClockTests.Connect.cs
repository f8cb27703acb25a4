namespace FlexiAI.Tests;

public abstract partial class ClockTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_connect_clock_rings_where_no_connection_comes_about(bool streamed)
    {
        using var host = new SilentHost();
        await using var backup = await StartAsync();
        await using var client = Timed(new() { Providers = [EntryAt(host, backup), Entry(backup, "backup", priority: 2)] });
        var asking = AskAsync(client, streamed);
        await host.SpokenTo(Stop);

        _time.Advance(TimeSpan.FromSeconds(5));
        var response = await asking;

        Assert.Equal("backup", response.Provider);
        Assert.Equal([FailureKind.Timeout, null], response.Attempts.Select(attempt => attempt.Kind));
        Assert.Equal(("No connection within 5 s.", TimeSpan.FromSeconds(5)), (response.Attempts[0].Reason, response.Attempts[0].Duration));
        Assert.Equal(1, client.GetProviderStatus()[0].CircuitBreaker.FailureCount);
        await host.HungUpOn(Stop);
    }

    /// <summary>An entry that takes the host for its provider.</summary>
    private ProviderOptions EntryAt(SilentHost host, FlexiAI.Testing.SimulatedProvider like)
    {
        var entry = Entry(like, "primary");
        entry.BaseUrl = new UriBuilder(entry.BaseUrl!) { Scheme = "https", Host = "localhost", Port = host.Port }.Uri.ToString();
        return entry;
    }
}
