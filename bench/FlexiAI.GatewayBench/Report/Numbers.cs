using System.Globalization;

namespace FlexiAI.GatewayBench;

/// <summary>Figures of several rounds, and as text.</summary>
internal static class Numbers
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Count - 1, Math.Floor(share * sorted.Count))];
    }

    /// <summary>The median of the rounds' ratios: what changes on the machine from round to round is in both.</summary>
    public static double Ratio(IReadOnlyList<double> ours, IReadOnlyList<double> theirs) => Median(ours.Zip(theirs, static (a, b) => a / b));

    public static string Text(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{value.ToString(value >= 1000 ? "#,0" : value >= 10 ? "0.#" : "0.###", CultureInfo.InvariantCulture)} {unit}");
}
