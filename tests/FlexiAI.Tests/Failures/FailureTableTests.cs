namespace FlexiAI.Tests.Failures;

public class FailureTableTests
{
    /// <summary>failures.md row by row: retry the same provider, go on to the next, count on the circuit.</summary>
    public static TheoryData<FailureKind, string, bool, bool> Rows() => new()
    {
        { FailureKind.Authentication, "No", true, true },
        { FailureKind.QuotaExhausted, "No", true, true },
        { FailureKind.RateLimited, "OnceAfterRetryAfter", true, true },
        { FailureKind.ServerError, "Yes", true, true },
        { FailureKind.Timeout, "No", true, true },
        { FailureKind.Network, "Yes", true, true },
        { FailureKind.ModelNotFound, "No", true, true },
        { FailureKind.InvalidConfiguration, "No", true, true },
        { FailureKind.InvalidResponse, "No", true, true },
        { FailureKind.ContextTooLong, "No", true, false },
        { FailureKind.ContentFiltered, "No", false, false },
        { FailureKind.InvalidRequest, "No", false, false },
        { FailureKind.Cancelled, "No", false, false },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_row_decides_retry_failover_and_counting(FailureKind kind, string retry, bool next, bool counts)
    {
        Assert.Equal(retry, FailureTable.Retry(kind).ToString());
        Assert.Equal(next, FailureTable.FailsOver(kind, failOverOnCallerFaults: false));
        Assert.Equal(counts, new CircuitBreakerOptions().CountedFailures.Contains(kind));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void On_request_the_callers_faults_fail_over_too_but_never_a_cancellation(FailureKind kind, string retry, bool next, bool counts)
    {
        _ = (retry, next, counts);

        Assert.Equal(kind != FailureKind.Cancelled, FailureTable.FailsOver(kind, failOverOnCallerFaults: true));
    }

    [Fact]
    public void Every_kind_has_a_row() =>
        Assert.Equal(Enum.GetValues<FailureKind>(), Rows().Select(row => row.Data.Item1));
}
