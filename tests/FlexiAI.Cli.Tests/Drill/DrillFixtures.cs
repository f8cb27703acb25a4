namespace FlexiAI.Tests;

/// <summary>One drill, run once and looked at by several tests.</summary>
public abstract class DrillFixture(string mode) : IAsyncLifetime
{
    internal DrillRun Run { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Run = await DrillRun.StartAsync(mode);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

public sealed class ImmediateDrill() : DrillFixture("immediate");

public sealed class WhenOpenDrill() : DrillFixture("when-open");
