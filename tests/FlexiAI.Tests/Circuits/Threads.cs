using System.Collections.Concurrent;

namespace FlexiAI.Tests.Circuits;

internal static class Threads
{
    /// <summary>Runs the work on threads of its own that set off together; what one throws fails the test.</summary>
    public static void Together(int count, Action<int> work)
    {
        using var start = new Barrier(count);
        var thrown = new ConcurrentQueue<Exception>();
        var threads = Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                work(i);
            }
            catch (Exception e)
            {
                thrown.Enqueue(e);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Empty(thrown);
    }
}
