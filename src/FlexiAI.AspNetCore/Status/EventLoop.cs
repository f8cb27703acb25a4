using System.Threading.Channels;

namespace FlexiAI;

/// <summary>Tells one watcher the news of a <see cref="StatusFeed"/> until it leaves or the gateway ends.</summary>
internal sealed class EventLoop(StatusFeed feed, TimeProvider time, EventStream stream)
{
    private static readonly TimeSpan StatusEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(15);

    private bool _changed;
    private long _toldAt;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var watcher = feed.Watch();
        try
        {
            await TellAllAsync(watcher, cancellationToken).ConfigureAwait(false);
            Task<bool>? arrival = null;
            while (true)
            {
                arrival ??= watcher.News.WaitToReadAsync(cancellationToken).AsTask();
                if (!await ArrivesAsync(arrival, UntilNext(), cancellationToken).ConfigureAwait(false))
                {
                    await TellStatusAsync(cancellationToken).ConfigureAwait(false);
                    continue;
                }

                arrival = null;
                await TellNewsAsync(watcher, cancellationToken).ConfigureAwait(false);
                if (UntilNext() <= TimeSpan.Zero)
                {
                    await TellStatusAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            feed.Unwatch(watcher);
        }
    }

    /// <summary>How long until the next status (or, while nothing changes, sign of life) is due.</summary>
    private TimeSpan UntilNext() => (_changed ? StatusEvery : HeartbeatEvery) - time.GetElapsedTime(_toldAt);

    private async ValueTask<bool> ArrivesAsync(Task<bool> arrival, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (!arrival.IsCompleted && atMost > TimeSpan.Zero)
        {
            Task waiting = arrival.WaitAsync(atMost, time, cancellationToken);
            await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return arrival.IsCompleted && await arrival.ConfigureAwait(false);
    }

    private async Task TellNewsAsync(StatusWatcher watcher, CancellationToken cancellationToken)
    {
        while (!watcher.HasMissed && watcher.News.TryRead(out var news))
        {
            _changed = true;
            if (news.Request is { } request)
            {
                await stream.WriteAsync("request", request, StatusJson.Default.ServedRequest, cancellationToken).ConfigureAwait(false);
            }
            else if (news.Change is { } change)
            {
                await stream.WriteAsync("transition", change, StatusJson.Default.CircuitChange, cancellationToken).ConfigureAwait(false);
            }
        }

        // What was lost is made good by beginning again, at the pace of the status, lest a flood be answered by a greater one.
        if (watcher.HasMissed)
        {
            await Task.Delay(TimeSpan.FromTicks(Math.Max(0, UntilNext().Ticks)), time, cancellationToken).ConfigureAwait(false);
            await TellAllAsync(watcher, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TellAllAsync(StatusWatcher watcher, CancellationToken cancellationToken)
    {
        (_changed, _toldAt) = (false, time.GetTimestamp());
        await stream.WriteAsync("hello", feed.ReadAll(watcher), StatusJson.Default.HelloReport, cancellationToken).ConfigureAwait(false);
    }

    private async Task TellStatusAsync(CancellationToken cancellationToken)
    {
        if (!_changed)
        {
            await stream.WriteHeartbeatAsync(cancellationToken).ConfigureAwait(false);
        }

        // Also with the sign of life: time alone ends a throttling, and calls within the process report nothing.
        (_changed, _toldAt) = (false, time.GetTimestamp());
        await stream.WriteAsync("status", feed.ReadNews(), StatusJson.Default.StatusNews, cancellationToken).ConfigureAwait(false);
    }
}
