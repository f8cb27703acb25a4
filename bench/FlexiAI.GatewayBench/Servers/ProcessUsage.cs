using System.Globalization;

namespace FlexiAI.GatewayBench;

/// <summary>What a process has used, as the kernel counts it.</summary>
internal static class ProcessUsage
{
    private const double TicksPerSecond = 100;

    /// <summary>Processor time in user and kernel mode, all threads, in seconds.</summary>
    public static double ProcessorSeconds(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");

        // The name before the last parenthesis may have blanks in it.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
    }

    /// <summary>The most memory it ever had resident, in MB.</summary>
    public static double PeakMegabytes(int id) => Status(id, "VmHWM:");

    /// <summary>The memory it has resident, in MB.</summary>
    public static double Megabytes(int id) => Status(id, "VmRSS:");

    private static double Status(int id, string name)
    {
        var line = File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return Number(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim()) / 1024;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
