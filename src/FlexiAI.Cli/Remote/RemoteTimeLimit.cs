namespace FlexiAI.Cli;

/// <summary>Cancels when the user does, or when something has taken too long; and tells which.</summary>
internal sealed class RemoteTimeLimit(TimeSpan patience, CancellationToken cancelled) : IDisposable
{
    private readonly CancellationTokenSource _time = new(patience, TimeProvider.System);
    private CancellationTokenSource? _both;

    public CancellationToken Token => (_both ??= CancellationTokenSource.CreateLinkedTokenSource(_time.Token, cancelled)).Token;

    /// <summary>Whether it took too long, and the user did not cancel.</summary>
    public bool IsOver => _time.IsCancellationRequested && !cancelled.IsCancellationRequested;

    /// <summary>Begins to count again.</summary>
    public void Restart() => _time.CancelAfter(patience);

    public void Dispose()
    {
        _both?.Dispose();
        _time.Dispose();
    }
}
