using BenchmarkDotNet.Reports;

namespace FlexiAI.Benchmarks;

/// <summary>What one benchmark measured, per operation.</summary>
/// <param name="Name">Scenario, method and parameters.</param>
/// <param name="Nanoseconds">Processor time of the best iteration: on a shared machine noise only adds. Of two threads, each one's.</param>
/// <param name="Spread">Half the distance between the quartiles, in nanoseconds.</param>
/// <param name="Bytes">Bytes allocated; a fraction where one invocation is many operations.</param>
internal sealed record Figure(string Name, double Nanoseconds, double Spread, double Bytes)
{
    public static Figure Of(BenchmarkReport report)
    {
        var statistics = report.ResultStatistics ?? throw new InvalidOperationException($"{report.BenchmarkCase.DisplayInfo} gave no result.");
        var parameters = string.Join(", ", report.BenchmarkCase.Parameters.Items.Select(item => $"{item.Name}={item.Value}"));
        var threads = report.BenchmarkCase.Parameters.Items.FirstOrDefault(item => item.Name == "Threads")?.Value as int? ?? 1;
        var descriptor = report.BenchmarkCase.Descriptor;
        return new Figure(
            $"{descriptor.Type.Name}.{descriptor.WorkloadMethod.Name}{(parameters.Length > 0 ? $"({parameters})" : "")}",
            statistics.Min / threads,
            statistics.InterquartileRange / 2 / threads,
            (report.GcStats.GetTotalAllocatedBytes(excludeAllocationQuantumSideEffects: true) ?? 0) / Math.Max(1.0, report.GcStats.TotalOperations) / threads);
    }
}
