using System.Diagnostics;
using System.Globalization;

namespace FlexiAI.Fleet;

/// <summary>A worker as the one who started it sees it.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<(int Answered, int Failed)> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly List<(CircuitState To, long At)> _changes = [];

    public WorkerProcess(WorkerSettings settings)
    {
        Name = settings.Name;
        string[] arguments = ["exec", typeof(WorkerProcess).Assembly.Location, .. settings.ToArguments()];
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        _ = ListenAsync();
    }

    public string Name { get; }

    public Task Ready => _ready.Task;

    /// <summary>The state of the primary's circuit.</summary>
    public CircuitState State
    {
        get
        {
            lock (_lock)
            {
                return _changes.Count == 0 ? CircuitState.Closed : _changes[^1].To;
            }
        }
    }

    /// <summary>When the primary's circuit first opened after this moment, by the clock that all processes of the machine share.</summary>
    public long? OpenedAfter(long moment)
    {
        lock (_lock)
        {
            foreach (var (to, at) in _changes)
            {
                if (to == CircuitState.Open && at > moment)
                {
                    return at;
                }
            }

            return null;
        }
    }

    public Task GoAsync() => _process.StandardInput.WriteLineAsync("go");

    public async Task<(int Answered, int Failed)> StopAsync()
    {
        await _process.StandardInput.WriteLineAsync("stop");
        return await _done.Task;
    }

    /// <summary>SIGKILL: it says nothing more to anybody.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private async Task ListenAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            switch (line.Split(' '))
            {
                case ["ready"]:
                    _ready.TrySetResult();
                    break;
                case ["done", var answered, var failed]:
                    _done.TrySetResult((Whole(answered), Whole(failed)));
                    break;
                case ["primary", var to, var at]:
                    lock (_lock)
                    {
                        _changes.Add((Enum.Parse<CircuitState>(to), long.Parse(at, CultureInfo.InvariantCulture)));
                    }

                    break;
            }
        }

        var gone = new InvalidOperationException($"{Name} ended before its time.");
        _ready.TrySetException(gone);
        _done.TrySetException(gone);
        _ = (_ready.Task.Exception, _done.Task.Exception);
    }

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
