using System.Collections.Concurrent;
using System.Diagnostics;

namespace FlexiAI.Tests;

/// <summary>
/// Every activity of the engine: one for each request and each attempt. What still runs on an attempt's account, a task, a timer, a
/// registration, holds its execution context, and that holds its activity; so when all activities are gone, nothing of them runs.
/// </summary>
internal sealed class Traces : IDisposable
{
    private readonly ConcurrentBag<WeakReference> _all = [];
    private readonly ActivityListener _listener;
    private int _requests;
    private int _attempts;
    private int _stopped;

    public Traces()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "FlexiAI",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStarted = Begin,
            ActivityStopped = _ => Interlocked.Increment(ref _stopped),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public int Requests => Volatile.Read(ref _requests);

    public int Attempts => Volatile.Read(ref _attempts);

    public int Open => Requests + Attempts - Volatile.Read(ref _stopped);

    public int Alive => _all.Count(activity => activity.IsAlive);

    public void Dispose() => _listener.Dispose();

    private void Begin(Activity activity)
    {
        _all.Add(new(activity));
        Interlocked.Increment(ref activity.Kind == ActivityKind.Client ? ref _attempts : ref _requests);
    }
}
