namespace FlexiAI.Benchmarks;

/// <summary>Runs the same work on one thread or on two at once. Threads that wait sleep, so that no processor time is counted for them.</summary>
public sealed class Crew : IDisposable
{
    private readonly Action _work;
    private readonly Thread? _second;
    private readonly SemaphoreSlim _asked = new(0);
    private readonly SemaphoreSlim _done = new(0);
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

        _asked.Release();
        _work();
        _done.Wait();
    }

    public void Dispose()
    {
        _disposed = true;
        _asked.Release();
        _second?.Join();
        _asked.Dispose();
        _done.Dispose();
    }

    private void Follow()
    {
        while (true)
        {
            _asked.Wait();
            if (_disposed)
            {
                return;
            }

            _work();
            _done.Release();
        }
    }
}
