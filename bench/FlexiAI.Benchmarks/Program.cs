using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using FlexiAI.Benchmarks;
using Perfolizer.Horology;

var quick = args.Contains("--quick");
var filter = args.FirstOrDefault(arg => !arg.StartsWith('-'));
var folder = FindFolder();

// In this process, since a project that BenchmarkDotNet generates would have to keep the rules of this repository.
var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithClock(new ProcessorClock())
    .WithIterationTime(TimeInterval.FromMilliseconds(quick ? 60 : 250)).WithWarmupCount(quick ? 6 : 10).WithIterationCount(quick ? 10 : 20);
var config = ManualConfig.CreateEmpty().AddJob(job).AddDiagnoser(MemoryDiagnoser.Default).AddLogger(new ConsoleLogger())
    .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "flexiai-bench-" + Environment.ProcessId))
    .WithOption(ConfigOptions.DisableLogFile, true);

var loadBefore = Load();
var figures = new List<Figure>();
var machine = "";
foreach (var scenario in typeof(Crew).Assembly.GetTypes().Where(IsScenario).OrderBy(type => type.Name, StringComparer.Ordinal))
{
    var summary = BenchmarkRunner.Run(scenario, config);
    figures.AddRange(summary.Reports.Select(Figure.Of));
    machine = $"{summary.HostEnvironmentInfo.Cpu.Value?.ProcessorName}, {Environment.ProcessorCount} cores, "
        + $"{summary.HostEnvironmentInfo.Os.Value}, {summary.HostEnvironmentInfo.RuntimeVersion}";
}

foreach (var figure in figures)
{
    Console.WriteLine($"{figure.Name,-48} {figure.Nanoseconds,12:0.0} ns {figure.Bytes,10:0.0} B");
}

if (filter is not null)
{
    return 0;
}

var command = $"dotnet run -c Release --project bench/FlexiAI.Benchmarks{(quick ? " -- --quick" : "")}";
var bars = new Bars(figures.ToDictionary(figure => figure.Name, StringComparer.Ordinal)).All().ToList();
ResultFiles.Write(new Run(TimeProvider.System.GetUtcNow(), command, machine, loadBefore, Load(), bars, figures), folder);
Console.WriteLine($"{bars.Count(bar => bar.Met)} of {bars.Count} bars met; written to {folder}");
return 0;

bool IsScenario(Type type) =>
    type.GetMethods().Any(method => method.IsDefined(typeof(BenchmarkAttribute), inherit: false))
    && (filter is null || type.Name.Contains(filter, StringComparison.OrdinalIgnoreCase));

static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";

static string FindFolder()
{
    var at = new DirectoryInfo(AppContext.BaseDirectory);
    while (at is not null && !File.Exists(Path.Combine(at.FullName, "FlexiAI.slnx")))
    {
        at = at.Parent;
    }

    return Path.Combine(at?.FullName ?? throw new InvalidOperationException("The solution's folder was not found above the program."), "bench");
}
