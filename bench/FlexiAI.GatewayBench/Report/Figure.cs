namespace FlexiAI.GatewayBench;

/// <summary>What one row measured of one subject.</summary>
/// <param name="Name">What.</param>
/// <param name="Median">The median of the rounds.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Rounds">Each round, in their order.</param>
internal sealed record Figure(string Name, double Median, string Unit, IReadOnlyList<double> Rounds)
{
    public static Figure Of(string name, string unit, IReadOnlyList<double> rounds) => new(name, Numbers.Median(rounds), unit, rounds);
}
