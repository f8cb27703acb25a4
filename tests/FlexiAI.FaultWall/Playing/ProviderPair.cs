using FlexiAI.Testing;

namespace FlexiAI.FaultWall;

/// <summary>The types of the primary and of the backup.</summary>
internal sealed record ProviderPair(SimulatedWire Primary, SimulatedWire Backup)
{
    public static ProviderPair OpenAI { get; } = new(SimulatedWire.OpenAI, SimulatedWire.OpenAI);

    public static IReadOnlyList<ProviderPair> All { get; } =
    [
        .. from primary in Enum.GetValues<SimulatedWire>()
           from backup in Enum.GetValues<SimulatedWire>()
           select new ProviderPair(primary, backup),
    ];

    public override string ToString() => $"{Primary} -> {Backup}";
}
