using FlexiAI.Testing;

namespace FlexiAI.FaultWall;

/// <summary>The types of the primary and of the backup, and who asks them.</summary>
internal sealed record ProviderPair(SimulatedWire Primary, SimulatedWire Backup, WallCaller Caller = WallCaller.Library)
{
    public static ProviderPair OpenAI { get; } = new(SimulatedWire.OpenAI, SimulatedWire.OpenAI);

    /// <summary>The pairs, as each caller asks them.</summary>
    public static IReadOnlyList<ProviderPair> All { get; } =
    [
        .. from caller in Enum.GetValues<WallCaller>()
           from primary in Enum.GetValues<SimulatedWire>()
           from backup in Enum.GetValues<SimulatedWire>()
           select new ProviderPair(primary, backup, caller),
    ];

    /// <summary>The types alone.</summary>
    public string Types => $"{Primary} -> {Backup}";

    public override string ToString() => Caller == WallCaller.Library ? Types : $"{Caller}'s SDK: {Types}";
}
