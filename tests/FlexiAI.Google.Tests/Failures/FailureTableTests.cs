using FlexiAI.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

/// <summary>Every row of the failure table, for both types, whole and streamed, over real sockets.</summary>
public class FailureTableTests
{
    public static TheoryData<string, bool, bool> Rows
    {
        get
        {
            var rows = new TheoryData<string, bool, bool>();
            foreach (var row in FailureRows.All.Keys)
            {
                rows.Add(row, false, false);
                rows.Add(row, false, true);
                rows.Add(row, true, false);
                rows.Add(row, true, true);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Each_failure_has_its_kind_and_its_consequences(string name, bool vertex, bool streamed)
    {
        var row = FailureRows.All[name];
        await using var pair = await Pair.StartAsync(vertex);
        pair.Primary.Faults.Always(row.Fault);
        IReadOnlyList<Attempt> attempts;
        if (row.FailsOver)
        {
            var response = await pair.AskAsync(streamed);
            Assert.Equal("Hello from backup", response.Text);
            attempts = [.. response.Attempts.Where(attempt => attempt.Provider == "primary")];
            Assert.Equal(row.Requests, attempts.Count);
            Assert.All(attempts, attempt => Assert.Equal(row.Kind, attempt.Kind));
        }
        else
        {
            var failure = await Assert.ThrowsAnyAsync<ProviderException>(() => pair.AskAsync(streamed));
            Assert.Equal(row.Kind, failure.Kind);
            Assert.Empty(pair.Backup.Requests);
        }

        Assert.Equal(row.Requests, pair.Primary.Requests.Count);
        Assert.Equal(row.Counts ? 1 : 0, pair.Circuit.FailureCount);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_refused_connection_is_a_network_failure_and_retried(bool vertex, bool streamed)
    {
        await using var pair = await Pair.StartAsync(vertex);
        await pair.Primary.StopListeningAsync();
        var response = await pair.AskAsync(streamed);
        Assert.Equal("Hello from backup", response.Text);
        Assert.All(response.Attempts.Take(3), attempt => Assert.Equal((FailureKind.Network, null), (attempt.Kind, attempt.StatusCode)));
        Assert.Equal(1, pair.Circuit.FailureCount);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    [InlineData(true, true, false)]
    [InlineData(false, false, true)]
    [InlineData(false, true, true)]
    public async Task Silence_is_ended_by_the_clock_and_not_retried(bool vertex, bool streamed, bool afterHeaders)
    {
        var time = new FakeTimeProvider();
        await using var pair = await Pair.StartAsync(vertex, time);
        pair.Primary.Faults.Always(afterHeaders ? Fault.StalledBody() : Fault.Silence());
        var asking = pair.AskAsync(streamed);
        await pair.Primary.WaitForRequestsAsync(1, Make.Cancel);
        time.Advance(TimeSpan.FromSeconds(60));
        var response = await asking;
        Assert.Equal("Hello from backup", response.Text);
        Assert.Equal(FailureKind.Timeout, response.Attempts[0].Kind);
        Assert.Single(pair.Primary.Requests);
        Assert.Equal(1, pair.Circuit.FailureCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_callers_own_cancellation_counts_for_nothing(bool streamed)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Make.Cancel);
        await using var pair = await Pair.StartAsync(vertex: false);
        pair.Primary.Faults.Always(Fault.Silence());
        var asking = pair.AskAsync(streamed, cancel.Token);
        await pair.Primary.WaitForRequestsAsync(1, Make.Cancel);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(SimulatedEnding.ClientAborted, await pair.Primary.Requests[0].WaitForEndAsync(Make.Cancel));
        Assert.Equal(0, pair.Circuit.FailureCount);
        Assert.Empty(pair.Backup.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_time_that_Google_names_in_the_body_is_kept(bool vertex)
    {
        await using var pair = await Pair.StartAsync(vertex);
        pair.Primary.Faults.Always(Fault.RateLimited(TimeSpan.FromSeconds(60)));
        var response = await pair.AskAsync(streamed: false);
        Assert.Equal(TimeSpan.FromSeconds(60), response.Attempts[0].RetryAfter);
        Assert.True(pair.Circuit.Throttled);
        await pair.AskAsync(streamed: true);
        Assert.Single(pair.Primary.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_failure_shows_a_key_or_a_token(bool vertex)
    {
        var secret = vertex ? Make.Token : Make.Key;
        await using var pair = await Pair.StartAsync(vertex);
        var body = $$$"""{"error":{"code":401,"message":"The credential {{{secret}}} is bad.","status":"UNAUTHENTICATED"}}""";
        pair.Primary.Faults.Always(Fault.Status(401, body));
        pair.Backup.Faults.Always(Fault.Status(401, body.Replace(secret, Make.Key, StringComparison.Ordinal)));
        foreach (var streamed in (bool[])[false, true])
        {
            var failure = await Assert.ThrowsAsync<AllProvidersFailedException>(() => pair.AskAsync(streamed));
            Assert.Contains("The credential [redacted] is bad.", failure.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(secret, failure.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(Make.Key, failure.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("cut", FailureKind.Network)]
    [InlineData("broken chunk", FailureKind.InvalidResponse)]
    [InlineData("error event", FailureKind.ServerError)]
    [InlineData("clean end", FailureKind.InvalidResponse)]
    public async Task A_stream_that_dies_after_its_first_content_is_interrupted_and_counted(string what, FailureKind kind)
    {
        await using var pair = await Pair.StartAsync(vertex: false);
        pair.Primary.Answer = "one two three four";
        pair.Primary.Faults.Always(what switch
        {
            "cut" => Fault.CutAfter(2),
            "broken chunk" => Fault.BrokenChunkAfter(2),
            "error event" => Fault.ErrorEventAfter(2),
            _ => Fault.EndAfter(2),
        });
        var failure = await Assert.ThrowsAsync<StreamInterruptedException>(() => pair.AskAsync(streamed: true));
        Assert.Equal(kind, failure.Kind);
        Assert.Equal(1, pair.Circuit.FailureCount);
        Assert.Empty(pair.Backup.Requests);
        if (what != "cut")
        {
            // A reset may overtake what was sent before it.
            Assert.Equal("one two", failure.TextSoFar);
            Assert.NotNull(failure.Attempts[0].Usage);
        }
    }
}
