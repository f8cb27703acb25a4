namespace FlexiAI.Cli;

/// <summary>Knows what has been shown already, since a gateway tells its last news again to whoever comes back.</summary>
internal sealed class SeenNews
{
    // Several times what a gateway remembers.
    private const int Most = 2_000;

    private readonly HashSet<(string Name, DateTimeOffset At, long Era)> _seen = [];
    private readonly Queue<(string Name, DateTimeOffset At, long Era)> _order = new();

    /// <returns>Whether it is new.</returns>
    public bool Add(ServedRequest request) => Add((request.Id, request.At, -1));

    /// <returns>Whether it is new.</returns>
    public bool Add(CircuitChange change) => Add((change.Provider, change.At, change.Era));

    private bool Add((string Name, DateTimeOffset At, long Era) news)
    {
        if (!_seen.Add(news))
        {
            return false;
        }

        _order.Enqueue(news);
        if (_order.Count > Most)
        {
            _seen.Remove(_order.Dequeue());
        }

        return true;
    }
}
