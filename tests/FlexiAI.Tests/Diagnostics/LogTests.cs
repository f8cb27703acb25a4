using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace FlexiAI.Tests;

public sealed class LogTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeLogCollector _log = new();

    [Fact]
    public async Task Failures_are_logged_with_their_provider_and_kind()
    {
        using var lab = Logging(new FakeLogger(_log));
        _a.Failing(FailureKind.ServerError);

        await lab.FailAsync();

        var (attempt, request) = (_log.GetSnapshot()[0], _log.GetSnapshot()[1]);
        Assert.Equal((1, LogLevel.Warning), (attempt.Id.Id, attempt.Level));
        Assert.StartsWith("Attempt at a failed: ServerError", attempt.Message, StringComparison.Ordinal);
        Assert.Equal((2, LogLevel.Error, "No provider answered after 1 attempts; the earliest admits a call in 0 s"), (request.Id.Id, request.Level, request.Message));
    }

    [Fact]
    public async Task A_circuit_that_opens_is_a_warning_and_one_that_closes_is_not()
    {
        using var lab = Logging(new FakeLogger(_log));
        using var seen = new SemaphoreSlim(0);
        lab.Client.CircuitChanged += (_, _) => seen.Release();
        lab.Client.IsolateProvider("a");
        lab.Client.ResetCircuitBreakers();
        await seen.WaitAsync(Lab.Stop);
        await seen.WaitAsync(Lab.Stop);

        Assert.Equal([LogLevel.Warning, LogLevel.Information], _log.GetSnapshot().Select(record => record.Level));
        Assert.StartsWith("Circuit a: Closed -> Isolated (Manual", _log.GetSnapshot()[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_success_and_a_cancellation_are_not_worth_a_line()
    {
        using var lab = Logging(new FakeLogger(_log));

        await lab.AskAsync();
        await Record.ExceptionAsync(() => lab.AskAsync(caller: new CancellationToken(canceled: true)));

        Assert.Empty(_log.GetSnapshot());
    }

    private Lab Logging(ILogger logger) => new(_a) { Logs = new OneLogger(logger) };
}
