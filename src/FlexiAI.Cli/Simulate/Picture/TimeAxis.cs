using System.Globalization;

namespace FlexiAI.Cli;

/// <summary>Where a time stands in the picture.</summary>
internal sealed record TimeAxis(double Left, double Width, TimeSpan Duration)
{
    private static readonly int[] Steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400];

    public double Right => Left + Width;

    public double At(TimeSpan time) => Left + (Width * Math.Min(1, time / Duration));

    /// <summary>Round times, about ten of them.</summary>
    public IEnumerable<TimeSpan> Marks()
    {
        var step = TimeSpan.FromSeconds(Steps.FirstOrDefault(seconds => Duration.TotalSeconds / seconds <= 12, Steps[^1]));
        for (var time = TimeSpan.Zero; time <= Duration; time += step)
        {
            yield return time;
        }
    }

    public string Label(TimeSpan time) => Duration < TimeSpan.FromMinutes(10)
        ? time.ToString("m\\:ss", CultureInfo.InvariantCulture)
        : time.ToString("h\\:mm", CultureInfo.InvariantCulture);
}
