using StackExchange.Redis;

namespace FlexiAI.Fleet;

/// <summary>Servers to which something happens.</summary>
internal sealed class Incident : IAsyncDisposable
{
    public required string Endpoints { get; init; }

    /// <summary>What holds the circuits once all is well again.</summary>
    public required IDatabase Truth { get; init; }

    /// <summary>What happens.</summary>
    public required Func<Task> StrikeAsync { get; init; }

    /// <summary>Whether it happens again and again until it is over.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>What ends it.</summary>
    public required Func<Task> HealAsync { get; init; }

    public required IReadOnlyList<IAsyncDisposable> Servers { get; init; }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers)
        {
            await server.DisposeAsync();
        }
    }
}
