namespace FlexiAI;

/// <summary>
/// Knows when something that was closed is used no more. Beginnings and ends are counted apart and by processor, so that requests share no
/// written cache line.
/// </summary>
/// <param name="ended">Called once, when the last use has ended after <see cref="Close"/>.</param>
internal sealed class UseCount(Action ended)
{
    private const int Begun = 0;
    private const int Ended = 1;

    private readonly StripedCounters _counters = new(2);
    private bool _closed;
    private bool _told;

    /// <summary>Begins a use; false if it was closed.</summary>
    public bool TryBegin()
    {
        _counters.Add(Begun);
        if (!Volatile.Read(ref _closed))
        {
            return true;
        }

        End();
        return false;
    }

    public void End()
    {
        _counters.Add(Ended);
        if (Volatile.Read(ref _closed))
        {
            TellIfUnused();
        }
    }

    /// <summary>Lets no further use begin.</summary>
    public void Close()
    {
        Interlocked.Exchange(ref _closed, true);
        TellIfUnused();
    }

    // The ends are read first: if all that has begun by a later moment had ended by an earlier one, nothing was in use between the two, and
    // what begins after that sees that it is closed.
    private void TellIfUnused()
    {
        var over = _counters.Sum(Ended);
        Interlocked.MemoryBarrier();
        if (_counters.Sum(Begun) == over && !Interlocked.Exchange(ref _told, true))
        {
            ended();
        }
    }
}
