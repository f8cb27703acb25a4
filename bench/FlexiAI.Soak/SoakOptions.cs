using System.Globalization;

namespace FlexiAI.Soak;

/// <summary>How long and how hard.</summary>
/// <param name="Seconds">Length of the storm, the warm-up not counted.</param>
/// <param name="Rate">Requests per second, whether or not earlier ones have ended.</param>
internal sealed record SoakOptions(int Seconds, int Rate)
{
    public static SoakOptions? Parse(string[] args)
    {
        var options = new SoakOptions(Seconds: 60, Rate: 1_000);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var value) || value < 1)
            {
                return null;
            }

            switch (args[i])
            {
                case "--seconds":
                    options = options with { Seconds = value };
                    break;
                case "--rate":
                    options = options with { Rate = value };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }

    /// <summary>What every cache, pool and connection needs to reach its size.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(Math.Clamp(Seconds / 3, 3, 15));
}
