using System.Diagnostics;
using System.Globalization;

namespace FlexiAI.Tests;

/// <summary>A run of <c>flexiai</c> that goes on: its lines as they come, and signals to it.</summary>
internal sealed class RunningProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _reading;
    private readonly List<string> _out = [];
    private readonly List<string> _error = [];
    private readonly Lock _gate = new();

    private RunningProcess(Process process)
    {
        _process = process;
        process.StandardInput.Close();
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, _out), ReadAsync(process.StandardError, _error));
    }

    public IReadOnlyList<string> Out => Copy(_out);

    public IReadOnlyList<string> Error => Copy(_error);

    public static RunningProcess Start(FlexiProcess flexiai, params string[] arguments) => new(flexiai.Start(arguments));

    /// <summary>Waits until standard error has a line with these words.</summary>
    public Task TellsAsync(string words) => UntilAsync(() => Error.Any(line => line.Contains(words, StringComparison.Ordinal)), words);

    /// <summary>Waits until standard output has so many lines.</summary>
    public Task WritesAsync(int lines) => UntilAsync(() => Out.Count >= lines, $"{lines} lines");

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<Ending> EndAsync()
    {
        await Until.DoneAsync(_process.WaitForExitAsync(TestContext.Current.CancellationToken));
        await Until.DoneAsync(_reading);
        return new Ending(_process.ExitCode, Text(Out), Text(Error));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _reading;
        _process.Dispose();
    }

    private async Task UntilAsync(Func<bool> condition, string what)
    {
        await Until.TrueAsync(() => condition() || (_process.HasExited && _reading.IsCompleted), what);
        Assert.True(condition(), $"It ended without {what}:\n{Text(Out)}{Text(Error)}");
    }

    private async Task ReadAsync(StreamReader reader, List<string> lines)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_gate)
            {
                lines.Add(line);
            }
        }
    }

    private List<string> Copy(List<string> lines)
    {
        lock (_gate)
        {
            return [.. lines];
        }
    }

    private static string Text(IReadOnlyList<string> lines) => string.Concat(lines.Select(line => $"{line}\n"));
}
