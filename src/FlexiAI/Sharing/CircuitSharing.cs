namespace FlexiAI;

/// <summary>Shares the circuits of one client with other processes.</summary>
internal abstract class CircuitSharing : IDisposable
{
    /// <summary>Joins a circuit, once, before it is used.</summary>
    public abstract CircuitShare Join(CircuitBreaker circuit);

    /// <summary>Begins to share, when every circuit has joined.</summary>
    public abstract void Start();

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>What sharing takes from the client that it is for.</summary>
internal sealed record SharingContext(TimeProvider Time, Microsoft.Extensions.Logging.ILogger Log);
