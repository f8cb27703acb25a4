using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace FlexiAI.Soak;

/// <summary>Sends requests at a steady rate, whether or not earlier ones have ended, and counts how they end for those who sent them.</summary>
internal sealed class Callers(FlexiClient client, int rate)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(5);

    private long _sent;
    private long _answered;
    private long _failed;
    private long _cancelled;
    private int _underWay;

    public long Sent => _sent;

    public long Answered => Interlocked.Read(ref _answered);

    public long Failed => Interlocked.Read(ref _failed);

    public long Cancelled => Interlocked.Read(ref _cancelled);

    public int UnderWay => Volatile.Read(ref _underWay);

    public async Task SendAsync(TimeSpan time)
    {
        var (watch, due, sent) = (Stopwatch.StartNew(), (long)(time.TotalSeconds * rate), 0L);
        while (sent < due)
        {
            for (var now = Math.Min(due, (long)(watch.Elapsed.TotalSeconds * rate)); sent < now; sent++)
            {
                Interlocked.Increment(ref _underWay);
                _ = Task.Run(AskAsync);
            }

            await Task.Delay(Beat);
        }

        _sent += sent;
    }

    private async Task AskAsync()
    {
        // One in five gives up soon, some of them before they have begun: now and then it is a probe.
        var patience = Random.Shared.Next(5) == 0 ? Random.Shared.Next(20) : Timeout.Infinite;
        using var caller = new CancellationTokenSource(patience);
        try
        {
            await (Random.Shared.Next(3) == 0 ? ReadStreamAsync(caller.Token) : client.GetResponseAsync("How is it?", cancellationToken: caller.Token));
            Interlocked.Increment(ref _answered);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _cancelled);
        }
        catch (Exception)
        {
            Interlocked.Increment(ref _failed);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    // One reader in four stops early.
    private async Task ReadStreamAsync(CancellationToken cancellationToken)
    {
        var left = Random.Shared.Next(4) == 0 ? Random.Shared.Next(1, 4) : int.MaxValue;
        await foreach (var _ in client.GetStreamingResponseAsync("How is it?", cancellationToken: cancellationToken))
        {
            if (--left == 0)
            {
                return;
            }
        }
    }
}
