using StackExchange.Redis;

namespace FlexiAI.Tests;

/// <summary>An operation as it is made on the store, and on the model at the moment that the store told.</summary>
internal sealed record StoreOperation(
    StepKind Kind, Caller Caller, string Lease, Func<Task<CircuitView>> Run, Func<StoreModel, long, bool> Apply);

/// <summary>One operation that took place: what it was, what it said, and all that lay in the store before and after.</summary>
/// <param name="AtOnceAgain">The very same operation took place just before, and nothing else since.</param>
internal sealed record StoreEvent(
    StoreOperation Operation, bool AtOnceAgain, CircuitView View, string Before, string After, long EpochBefore, CircuitState StateBefore);

/// <summary>Runs a program on a store and on the model side by side.</summary>
internal sealed class StoreRun
{
    // Different, so that one process's shorter one meets another's longer one.
    private static readonly TimeSpan[] TimesToLive = [TimeSpan.FromHours(24), TimeSpan.FromHours(1), TimeSpan.FromHours(5)];

    // Microseconds: an epoch that the server's time reaches only long after the test.
    private const long Hour = 3_600_000_000;

    private readonly StoreProgram _program;
    private readonly Fleet _fleet;
    private readonly RedisCircuitStore[] _stores;
    private readonly long[] _seen = new long[TimesToLive.Length];
    private readonly StoreOperation?[] _last = new StoreOperation?[TimesToLive.Length];
    private readonly List<string> _leases = ["never-given"];
    private readonly List<long> _epochs = [0];
    private StoreOperation? _latest;

    public StoreRun(StoreProgram program, IDatabase database)
    {
        _program = program;
        _fleet = new Fleet(database, program.Options, program.Quorum);
        Model = new StoreModel(program.Options, program.Quorum, _fleet.Circuit.Settings);
        _stores = [.. TimesToLive.Select((time, process) => new RedisCircuitStore(
            database, _fleet.Keys, new() { Process = $"p{process}", TimeToLive = time, Timeout = TimeSpan.FromSeconds(30) }))];
    }

    public StoreModel Model { get; }

    /// <summary>The epoch in which each lease was given.</summary>
    public Dictionary<string, long> GivenIn { get; } = [];

    public async Task ExecuteAsync(Action<StoreEvent> check)
    {
        var stored = await _fleet.StoredAsync();
        foreach (var step in _program.Steps)
        {
            if (await HappenAsync(step))
            {
                _latest = null;
                stored = await _fleet.StoredAsync();
                Assert.Equal(Model.Render(), stored);
            }
            else if (ToOperation(step) is { } operation)
            {
                stored = await OperateAsync(step, operation, stored, check);
            }
        }
    }

    private async Task<string> OperateAsync(StoreStep step, StoreOperation operation, string before, Action<StoreEvent> check)
    {
        var (epoch, state) = (Model.Epoch, Model.State);
        var view = await operation.Run();
        var accepted = operation.Apply(Model, view.StoreTime);
        var after = await _fleet.StoredAsync();
        Assert.Equal(Model.View(accepted, view.StoreTime), view);
        Assert.Equal(Model.Render(), after);
        if (operation.Kind == StepKind.Acquire && view.Accepted)
        {
            GivenIn[operation.Lease] = view.Epoch;
        }

        _epochs.Add(view.Epoch);
        _seen[step.Process] = Math.Max(_seen[step.Process], view.Epoch);
        _last[step.Process] = operation;
        check(new StoreEvent(operation, ReferenceEquals(operation, _latest), view, before, after, epoch, state));
        _latest = operation;
        return after;
    }

    /// <summary>Whether the step is something that happens, and no operation.</summary>
    private async Task<bool> HappenAsync(StoreStep step)
    {
        var database = _fleet.Database;
        switch (step.Kind)
        {
            case StepKind.Crash:
                (_seen[step.Process], _last[step.Process]) = (0, null);
                return true;
            case StepKind.LoseState:
                await database.KeyDeleteAsync(_fleet.Circuit.Keys[0]);
                Model.LoseState();
                return true;
            case StepKind.LoseLeases:
                await database.KeyDeleteAsync(_fleet.Circuit.Keys[1]);
                Model.LoseLeases();
                return true;
            case StepKind.FlushAll:
                await database.ExecuteAsync("FLUSHALL");
                Model.LoseState();
                Model.LoseLeases();
                Model.LoseVotes();
                return true;
            case StepKind.FlushScripts:
                await database.ExecuteAsync("SCRIPT", "FLUSH");
                return true;
            case StepKind.Wait:
                await Task.Delay(step.Milliseconds % 4);
                return true;
            case StepKind.AwaitBreak:
                // Breaks are short; another process's longer one is not waited for.
                while (Model.Due > 0 && await TimeAsync() is var now && now < Model.Due && Model.Due - now < 8_000)
                {
                    await Task.Yield();
                }

                return true;
            default:
                return false;
        }
    }

    private async Task<long> TimeAsync()
    {
        var time = await _fleet.Database.ExecuteAsync("TIME");
        return ((long)time[0] * 1_000_000) + (long)time[1];
    }

    private StoreOperation? ToOperation(StoreStep step)
    {
        if (step.Kind == StepKind.Repeat)
        {
            return _last[step.Process];
        }

        var (store, circuit) = (_stores[step.Process], _fleet.Circuit);
        var lease = step.Kind == StepKind.Acquire && step.Pick % 3 != 0 ? $"lease-{_leases.Count}" : _leases[^(1 + (step.Pick % _leases.Count))];
        if (step.Kind == StepKind.Acquire && lease != _leases[^1])
        {
            _leases.Add(lease);
        }

        var seen = step.Knowledge switch
        {
            Knowledge.Own => step.Kind is StepKind.Report or StepKind.Renew && GivenIn.TryGetValue(lease, out var given) ? given : _seen[step.Process],
            Knowledge.Old => _epochs[^(1 + (step.Pick % _epochs.Count))],
            Knowledge.Nothing => 0,
            _ => _seen[step.Process] + 1 + step.Pick + (step.Flag ? Hour : 0),
        };
        var caller = new Caller($"p{step.Process}", seen, (long)TimesToLive[step.Process].TotalMilliseconds);
        var (number, time) = (step.Milliseconds, TimeSpan.FromMilliseconds(step.Milliseconds));
        var atLeast = step.Flag ? 3 : 0;
        var least = TimeSpan.FromMilliseconds(atLeast);
        var why = $"why {step.Pick}";
        var restated = step.Flag ? CircuitState.Isolated : step.Pick % 3 == 2 ? CircuitState.Closed : CircuitState.Open;
        return step.Kind switch
        {
            StepKind.Trip => Make(() => store.TripAsync(circuit, seen, why, least, time), (m, now) => m.Trip(caller, now, why, atLeast, number)),
            StepKind.Withdraw => Make(() => store.WithdrawAsync(circuit), (m, _) => m.Withdraw(caller)),
            StepKind.Acquire => Make(() => store.AcquireAsync(circuit, seen, lease, time), (m, now) => m.Acquire(caller, now, lease, number)),
            StepKind.Report => Make(
                () => store.ReportAsync(circuit, seen, lease, step.Vote, why, least), (m, now) => m.Report(caller, now, lease, step.Vote, why, atLeast)),
            StepKind.Renew => Make(() => store.RenewAsync(circuit, seen, lease, time), (m, now) => m.Renew(caller, now, lease, number)),
            StepKind.Extend => Make(() => store.ExtendAsync(circuit, seen, time), (m, now) => m.Extend(caller, now, number)),
            StepKind.Assert => Make(
                () => store.AssertAsync(circuit, seen, restated, why, time, step.Pick), (m, now) => m.Assert(caller, now, restated, why, number, step.Pick)),
            StepKind.Force => Make(() => store.ForceAsync(circuit, seen, step.Flag, why), (m, now) => m.Force(caller, now, step.Flag, why)),
            StepKind.Touch => Make(async () => Assert.Single(await store.TouchAllAsync([circuit])), (_, _) => true),
            _ => Make(() => store.ReadAsync(circuit), (_, _) => false),
        };

        StoreOperation Make(Func<Task<CircuitView>> run, Func<StoreModel, long, bool> apply) => new(step.Kind, caller, lease, run, apply);
    }
}
