using System.Globalization;

namespace FlexiAI.Cli;

/// <summary>A disturbance in a few words.</summary>
internal static class DisturbanceText
{
    public static string Of(Disturbance disturbance) => $"{Share(disturbance)} {What(disturbance)}";

    private static string Share(Disturbance disturbance) => disturbance.Share.Equals(disturbance.EndShare)
        ? Text($"{disturbance.Share * 100:0.#} %")
        : Text($"{disturbance.Share * 100:0.#} → {disturbance.EndShare * 100:0.#} %");

    private static string What(Disturbance disturbance) => disturbance.Kind switch
    {
        DisturbanceKind.Error => Text($"HTTP {disturbance.Status}"),
        DisturbanceKind.Refuse => "refused",
        DisturbanceKind.Hang => "silent",
        DisturbanceKind.Delay => Text($"{disturbance.After.TotalSeconds:0.###} s late"),
        DisturbanceKind.Slow => Text($"slow (p50 {disturbance.Latency!.P50.TotalSeconds:0.###} s)"),
        DisturbanceKind.RateLimit => $"429{RetryAfter(disturbance)}{Allowed(disturbance)}",
        _ => "cut off",
    };

    private static string RetryAfter(Disturbance disturbance) =>
        disturbance.RetryAfter is { } wait ? Text($"; retry after {wait.TotalSeconds:0.###} s") : "";

    private static string Allowed(Disturbance disturbance) => disturbance.Allowed is { } rate ? Text($" beyond {rate:0.###} per second") : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
