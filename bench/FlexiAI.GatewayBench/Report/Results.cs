using System.Globalization;

namespace FlexiAI.GatewayBench;

/// <summary>Takes in what the rows measure, and prints it as it comes.</summary>
internal sealed class Results
{
    public List<Bar> Bars { get; } = [];

    public List<Figure> Figures { get; } = [];

    public List<string> Notes { get; } = [];

    public void Add(Bar bar)
    {
        Bars.Add(bar);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {bar.What}: {bar.Ours}, {bar.Against} {bar.Theirs}: {bar.Value:0.##} {bar.Unit}, bar {(bar.AtLeast ? "≥" : "≤")} {bar.Limit:0.##}{(bar.Met ? "" : " MISSED")}"));
    }

    public Figure Add(string name, string unit, IReadOnlyList<double> rounds)
    {
        var figure = Figure.Of(name, unit, rounds);
        Figures.Add(figure);
        Console.WriteLine($"  {name}: {Numbers.Text(figure.Median, unit)} ({string.Join(", ", rounds.Select(round => Numbers.Text(round, "").Trim()))})");
        return figure;
    }

    /// <summary>Adds the figures of both, and what they are to each other.</summary>
    public void Compare(string what, string unit, IReadOnlyList<double> ours, IReadOnlyList<double> theirs, double limit, bool atLeast = false, string peer = "YARP", string subject = "gateway")
    {
        var our = Add($"{what}, {subject}", unit, ours);
        var their = Figures.Find(figure => figure.Name == $"{what}, {peer}") ?? Add($"{what}, {peer}", unit, theirs);
        Add(new Bar($"{what}, {subject}", peer, Numbers.Text(our.Median, unit), Numbers.Text(their.Median, unit), Numbers.Ratio(ours, theirs), limit, AtLeast: atLeast));
    }

    /// <summary>The same for what each adds to asking the upstream itself; of medians, since single rounds of so small a difference say nothing.</summary>
    public void CompareAdded(string what, IReadOnlyList<double> ours, IReadOnlyList<double> theirs, IReadOnlyList<double> direct, double limit)
    {
        var none = Add($"{what}, upstream itself", "ms", direct).Median;
        var our = Add($"{what}, gateway", "ms", ours).Median - none;
        var their = Add($"{what}, YARP", "ms", theirs).Median - none;
        Add(new Bar($"{what}, added", "YARP", Numbers.Text(our, "ms"), Numbers.Text(their, "ms"), our / Math.Max(0.001, their), limit));
    }
}
