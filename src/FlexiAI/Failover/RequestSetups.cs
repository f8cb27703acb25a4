namespace FlexiAI;

/// <summary>
/// What requests go by now, and what those go by that began before it was replaced. Clients of entries that no request can reach any more are
/// disposed.
/// </summary>
internal sealed class RequestSetups
{
    private readonly Lock _changing = new();
    private readonly List<RequestSetup> _replaced = [];
    private RequestSetup _current;
    private long _successesOfGone;
    private bool _closed;

    public RequestSetups(RequestSetup first)
    {
        _current = first;
        first.Unused = DiscardLater;
    }

    public RequestSetup Current => Volatile.Read(ref _current);

    /// <summary>Successes of the entries that are in the present setup no more.</summary>
    public long SuccessesOfGone
    {
        get
        {
            lock (_changing)
            {
                return _successesOfGone + ClientsOf(_replaced).Except(ClientsOf([_current])).Sum(clients => clients.Statistics.SuccessCount);
            }
        }
    }

    /// <summary>The present setup, for a request that ends its use.</summary>
    public RequestSetup Enter()
    {
        while (true)
        {
            // One that was replaced meanwhile lets nobody in; the next stands there already.
            var setup = Current;
            if (setup.Requests.TryBegin())
            {
                return setup;
            }
        }
    }

    /// <summary>Lets requests go by another setup from now on.</summary>
    public void Replace(RequestSetup next)
    {
        RequestSetup before;
        next.Unused = DiscardLater;
        lock (_changing)
        {
            before = _current;
            _replaced.Add(before);
            Volatile.Write(ref _current, next);
        }

        before.Requests.Close();
    }

    /// <summary>Disposes all clients, also those in use.</summary>
    public void Dispose()
    {
        IReadOnlyCollection<IDisposable> made;
        lock (_changing)
        {
            _closed = true;
            made = Close(ClientsOf([.. _replaced, _current]));
        }

        foreach (var client in made)
        {
            client.Dispose();
        }
    }

    // No request waits for the end of what it used, or is told of its failure.
    private void DiscardLater(RequestSetup setup) =>
        ThreadPool.UnsafeQueueUserWorkItem(static ended => ended.Setups.Discard(ended.Setup), (Setups: this, Setup: setup), preferLocal: false);

    private void Discard(RequestSetup setup)
    {
        List<IDisposable> unused;
        lock (_changing)
        {
            if (_closed)
            {
                return;
            }

            _replaced.Remove(setup);
            var used = ClientsOf([.. _replaced, _current]);
            var gone = ClientsOf([setup]);
            gone.ExceptWith(used);
            _successesOfGone += gone.Sum(clients => clients.Statistics.SuccessCount);

            // A user's own client may be in another entry too.
            var kept = used.SelectMany(clients => clients.Made).ToHashSet<IDisposable>(ReferenceEqualityComparer.Instance);
            unused = [.. Close(gone).Where(client => !kept.Contains(client))];
        }

        foreach (var client in unused)
        {
            try
            {
                client.Dispose();
            }
            catch (Exception)
            {
                // The client's own failure: nobody has it any more.
            }
        }
    }

    private static HashSet<ProviderClients> ClientsOf(IEnumerable<RequestSetup> setups) =>
        [.. setups.SelectMany(setup => setup.Providers.All).Select(provider => provider.Clients)];

    private static List<IDisposable> Close(IEnumerable<ProviderClients> clients)
    {
        List<IDisposable> made = [];
        foreach (var closed in clients)
        {
            closed.Close();
            made.AddRange(closed.Made);
        }

        return [.. made.Distinct<IDisposable>(ReferenceEqualityComparer.Instance)];
    }
}
