namespace FlexiAI;

/// <summary>Shares the circuits of one client with other processes.</summary>
internal abstract class CircuitSharing : IDisposable
{
    /// <summary>Joins a circuit, once, before it is used. One that joins after <see cref="Start"/> reads what is known of it at once.</summary>
    public abstract CircuitShare Join(CircuitBreaker circuit);

    /// <summary>Begins to share, when every circuit has joined.</summary>
    public abstract void Start();

    /// <summary>Ends the sharing of a circuit that joined: it is told nothing any more, and tells nothing but that it gives its probes' places back.</summary>
    public abstract void Leave(CircuitBreaker circuit);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>What sharing takes from the client that it is for.</summary>
internal sealed record SharingContext(TimeProvider Time, Microsoft.Extensions.Logging.ILogger Log);
