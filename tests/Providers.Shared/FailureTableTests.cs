using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>Every row of the failure table for one provider type: through its SDK, over a real socket, streamed and not.</summary>
public abstract class FailureTableTests : ProviderTestBase
{
    /// <summary>An error object inside a 200: what can be read of it differs by SDK.</summary>
    protected abstract (FailureKind Whole, FailureKind Streamed) ErrorInside200 { get; }

    public static TheoryData<string, bool> Rows()
    {
        var rows = new TheoryData<string, bool>();
        foreach (var name in FailureRow.All.Keys.Append("error inside a 200"))
        {
            rows.Add(name, false);
            rows.Add(name, true);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task ARow_DecidesKind_Retry_NextProvider_Counting_AndRetryAfter(string name, bool streamed)
    {
        var row = Row(name);
        await using var primary = await StartAsync();
        await using var backup = await StartAsync();
        primary.Faults.Always(row.Fault);
        var entry = Entry(primary, "primary");
        (entry.Timeout, entry.MaxRetries) = (row.Timeout, 1);
        await using var client = Client(entry, Entry(backup, "backup", priority: 2));

        var attempt = row.FailsOver
            ? await AnsweredByBackupAsync(client, streamed)
            : await ThrownAtOnceAsync(client, streamed, backup);

        Assert.Equal(row.KindWhen(streamed), attempt.Kind);
        Assert.Equal(row.RetriedWhen(streamed) ? 2 : 1, primary.Requests.Count);
        Assert.Equal(row.Counts ? 1 : 0, client.GetProviderStatus()[0].CircuitBreaker.FailureCount);
        Assert.Equal(row.RetryAfter, attempt.RetryAfter);
        AssertNoSecret(attempt.Reason!);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task ARow_TellsNoSecret(string name, bool streamed)
    {
        var row = Row(name);
        await using var primary = await StartAsync();
        primary.Faults.Always(row.Fault);
        var entry = Entry(primary, "primary");
        (entry.Timeout, entry.MaxRetries) = (row.Timeout, 0);
        await using var client = Client(entry);

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(client, streamed));

        var failure = Assert.IsType<ProviderException>(exception as ProviderException ?? exception.InnerException, exactMatch: false);
        Assert.Equal(row.KindWhen(streamed), failure.Kind);
        AssertNoSecret(exception.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ARefusedConnection_IsNetwork_AndRetried(bool streamed)
    {
        await using var primary = await StartAsync();
        await primary.StopListeningAsync();
        await AssertNetworkAsync(Entry(primary, "primary"), streamed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AHostWithoutAddress_IsNetwork_AndRetried(bool streamed)
    {
        await using var primary = await StartAsync();
        var entry = Entry(primary, "primary");
        entry.BaseUrl = "http://nobody.invalid/v1";
        await AssertNetworkAsync(entry, streamed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AServerThatSpeaksNoTls_IsNetwork_AndRetried(bool streamed)
    {
        await using var primary = await StartAsync();
        var entry = Entry(primary, "primary");
        entry.BaseUrl = primary.BaseUrl.Replace("http:", "https:", StringComparison.Ordinal);
        await AssertNetworkAsync(entry, streamed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ARefusalWithoutContent_IsContentFiltered_AndThrownAtOnce(bool streamed)
    {
        await using var primary = await StartAsync(new() { Responder = _ => new SimulatedAnswer { Finish = SimulatedFinish.ContentFilter } });
        await using var backup = await StartAsync();
        await using var client = Client(Entry(primary, "primary"), Entry(backup, "backup", priority: 2));

        await Assert.ThrowsAsync<ProviderContentFilteredException>(() => AskAsync(client, streamed));
        Assert.Empty(backup.Requests);
        Assert.Equal(0, client.GetProviderStatus()[0].CircuitBreaker.FailureCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TheCallersOwnCancellation_IsNoFailure_AndNobodyElseIsAsked(bool streamed)
    {
        await using var primary = await StartAsync();
        await using var backup = await StartAsync();
        primary.Faults.Always(Fault.Silence());
        await using var client = Client(Entry(primary, "primary"), Entry(backup, "backup", priority: 2));
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var asking = streamed
            ? client.GetStreamingResponseAsync("Hello", null, caller.Token).ToChatResponseAsync(caller.Token)
            : client.GetResponseAsync("Hello", null, caller.Token);
        await primary.WaitForRequestsAsync(1, Stop);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Empty(backup.Requests);
        Assert.Equal(0, client.GetProviderStatus()[0].CircuitBreaker.FailureCount);
    }

    private FailureRow Row(string name) => FailureRow.All.TryGetValue(name, out var row)
        ? row
        : new FailureRow(Fault.ErrorInside200(), ErrorInside200.Whole) { StreamedKind = ErrorInside200.Streamed };

    private static async Task<Attempt> AnsweredByBackupAsync(FlexiClient client, bool streamed)
    {
        var response = await AskAsync(client, streamed);
        Assert.Equal("backup", response.Provider);
        return response.Attempts.Last(attempt => attempt.Provider == "primary");
    }

    private static async Task<Attempt> ThrownAtOnceAsync(FlexiClient client, bool streamed, SimulatedProvider backup)
    {
        var thrown = await Assert.ThrowsAnyAsync<ProviderException>(() => AskAsync(client, streamed));
        Assert.Empty(backup.Requests);
        return new Attempt
        {
            Provider = thrown.Provider,
            Outcome = AttemptOutcome.Failure,
            Kind = thrown.Kind,
            Reason = thrown.Message,
            RetryAfter = thrown.RetryAfter,
        };
    }

    private async Task AssertNetworkAsync(ProviderOptions entry, bool streamed)
    {
        await using var backup = await StartAsync();
        entry.MaxRetries = 1;
        await using var client = Client(entry, Entry(backup, "backup", priority: 2));

        var response = await AskAsync(client, streamed);

        Assert.Equal("backup", response.Provider);
        Assert.Equal([FailureKind.Network, FailureKind.Network, null], response.Attempts.Select(attempt => attempt.Kind));
        Assert.Equal(1, client.GetProviderStatus()[0].CircuitBreaker.FailureCount);
    }
}
