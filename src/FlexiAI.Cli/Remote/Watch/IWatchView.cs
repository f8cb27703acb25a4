namespace FlexiAI.Cli;

/// <summary>Where a gateway's news are shown.</summary>
internal interface IWatchView
{
    /// <summary>Shows what <paramref name="watch"/> tells, until that ends.</summary>
    Task ShowAsync(Func<Task> watch);

    /// <summary>How it is now.</summary>
    void Status(StatusNews news);

    /// <summary>A request has ended.</summary>
    void Request(ServedRequest request);

    /// <summary>A circuit has changed.</summary>
    void Transition(CircuitChange change);

    /// <summary>The connection is lost for the reason, or there again where that is null.</summary>
    void Link(string? problem);
}
