namespace FlexiAI.Benchmarks;

/// <summary>Runs the same work on one thread or on two at once; the second waits, spinning, between the runs.</summary>
public sealed class Crew : IDisposable
{
    private readonly Action _work;
    private readonly Thread? _second;
    private long _asked;
    private long _done;
    private volatile bool _disposed;

    public Crew(int threads, Action work)
    {
        _work = work;
        if (threads == 2)
        {
            _second = new Thread(Follow) { IsBackground = true };
            _second.Start();
        }
    }

    public void Run()
    {
        if (_second is null)
        {
            _work();
            return;
        }

        var run = Interlocked.Increment(ref _asked);
        _work();
        var spin = default(SpinWait);
        while (Volatile.Read(ref _done) < run)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        _second?.Join();
    }

    private void Follow()
    {
        for (var run = 1; ; run++)
        {
            var spin = default(SpinWait);
            while (Volatile.Read(ref _asked) < run)
            {
                if (_disposed)
                {
                    return;
                }

                spin.SpinOnce(sleep1Threshold: -1);
            }

            _work();
            Volatile.Write(ref _done, run);
        }
    }
}
