namespace FlexiAI.Tests;

/// <summary>The clock of the world. Reading it is a step, unless nothing moves it.</summary>
internal sealed class WorldClock : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Actor.Here is { ClockMoves: false } still ? still.Now : Actor.Step(static world => world.Now);

    // For people to read: nothing is decided by it.
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
}
