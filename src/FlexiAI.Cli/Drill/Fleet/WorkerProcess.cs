using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;

namespace FlexiAI.Cli;

/// <summary>A worker as the drill sees it: orders go in, replies and transitions come out. It ends with this, or with the drill's process.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Channel<WorkerLine> _replies = Channel.CreateUnbounded<WorkerLine>();
    private readonly Process _process;
    private readonly Task<string> _error;

    public WorkerProcess(int number, WorkerProgram program)
    {
        Number = number;
        _process = program.Start();
        _error = _process.StandardError.ReadToEndAsync();
        _ = ReadAsync();
    }

    /// <summary>From 1.</summary>
    public int Number { get; }

    public int ProcessId => _process.Id;

    /// <summary>Hears of the circuit's transitions.</summary>
    public Action<WorkerLine>? Transition { get; set; }

    public async Task StartAsync(WorkerStage stage, CancellationToken cancelled)
    {
        await OrderAsync(new WorkerOrder("start", stage)).ConfigureAwait(false);
        await ReplyAsync("ready", cancelled).ConfigureAwait(false);
    }

    /// <summary>Sends requests, all at once.</summary>
    /// <param name="count">How many.</param>
    /// <param name="tell">Hears of each when it ends.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public async Task AskAsync(int count, Action<WorkerLine> tell, CancellationToken cancelled)
    {
        await OrderAsync(new WorkerOrder("ask", Count: count)).ConfigureAwait(false);
        for (var i = 0; i < count; i++)
        {
            tell(await ReplyAsync("request", cancelled).ConfigureAwait(false));
        }
    }

    public async Task<WorkerLine> GetStatusAsync(CancellationToken cancelled)
    {
        await OrderAsync(new WorkerOrder("status")).ConfigureAwait(false);
        return await ReplyAsync("status", cancelled).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or IOException)
        {
            _process.Kill();
            await _process.WaitForExitAsync().ConfigureAwait(false);
        }

        _process.Dispose();
    }

    private async Task OrderAsync(WorkerOrder order)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order, FleetJson.Default.WorkerOrder)).ConfigureAwait(false);
        await _process.StandardInput.FlushAsync().ConfigureAwait(false);
    }

    private async Task<WorkerLine> ReplyAsync(string expected, CancellationToken cancelled)
    {
        var reply = await _replies.Reader.ReadAsync(cancelled).ConfigureAwait(false);
        return reply.Event == expected ? reply : throw new IOException($"worker {Number}: {reply.Message}");
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                var told = JsonSerializer.Deserialize(line, FleetJson.Default.WorkerLine)!;
                if (told.Event == "transition")
                {
                    Transition?.Invoke(told);
                }
                else
                {
                    _replies.Writer.TryWrite(told);
                }
            }

            _replies.Writer.TryWrite(new WorkerLine("failed") { Message = $"ended before its time. {(await _error.ConfigureAwait(false)).Trim()}" });
        }
        catch (Exception e)
        {
            _replies.Writer.TryWrite(new WorkerLine("failed") { Message = e.Message });
        }
    }
}
