using System.Diagnostics;
using System.Text;

namespace FlexiAI.Tests;

/// <summary>Runs the real <c>flexiai</c> as a process of its own, in an empty folder and without anybody's keys.</summary>
internal sealed class FlexiProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static readonly string[] Unset =
    [
        "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_CLOUD_PROJECT", "GOOGLE_APPLICATION_CREDENTIALS",
        "AZURE_OPENAI_API_KEY", "AZURE_OPENAI_ENDPOINT", "NO_COLOR", "FLEXIAI_URL", "FLEXIAI_ADMIN_KEY", "FLEXIAI_CLIENT_KEYS", "OTEL_EXPORTER_OTLP_ENDPOINT",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flexiai-");
    private readonly Dictionary<string, string> _environment = [];

    public string Folder => _folder.FullName;

    public FlexiProcess With(string variable, string value)
    {
        _environment[variable] = value;
        return this;
    }

    public FlexiProcess WithFile(string content, string name = "flexiai.json")
    {
        File.WriteAllText(Path.Combine(Folder, name), content);
        return this;
    }

    public async Task<Ending> RunAsync(params string[] arguments)
    {
        using var process = Start("dotnet", ["exec", Program, .. arguments]);
        return await EndAsync(process, new TaskCompletionSource());
    }

    /// <summary>Runs it before another program of a shell's pipe.</summary>
    public async Task<Ending> PipeAsync(string into, params string[] arguments)
    {
        using var process = Start("sh", ["-c", $"dotnet exec \"$@\" | {into}", "sh", Program, .. arguments]);
        return await EndAsync(process, new TaskCompletionSource());
    }

    /// <summary>Starts it, and leaves it to the caller.</summary>
    public Process Start(params string[] arguments) => Start("env", ["--default-signal=INT,HUP", "dotnet", "exec", Program, .. arguments]);

    /// <summary>Runs it and presses Ctrl+C.</summary>
    /// <param name="when">Ends when the moment has come. It is given the task that ends with the first line of the output.</param>
    /// <param name="arguments">The arguments.</param>
    public Task<Ending> InterruptAsync(Func<Task, Task> when, params string[] arguments) =>
        SignalAsync("INT", (firstLine, _) => when(firstLine), arguments);

    /// <summary>Runs it and sends it a signal.</summary>
    /// <param name="signal">Its name.</param>
    /// <param name="when">Ends when the moment has come. It is given the task that ends with the first line of the output, and the process.</param>
    /// <param name="arguments">The arguments.</param>
    public async Task<Ending> SignalAsync(string signal, Func<Task, Process, Task> when, params string[] arguments)
    {
        // A test run in the background of a shell ignores Ctrl+C, and its children with it, unless told otherwise.
        using var process = Start("env", ["--default-signal=INT", "dotnet", "exec", Program, .. arguments]);
        var firstLine = new TaskCompletionSource();
        var ending = EndAsync(process, firstLine);
        await when(firstLine.Task, process);
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        return await ending;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Program => Path.Combine(AppContext.BaseDirectory, "FlexiAI.Cli.dll");

    private static async Task<Ending> EndAsync(Process process, TaskCompletionSource firstLine)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        process.StandardInput.Close();
        var output = ReadAsync(process.StandardOutput, firstLine, limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new Ending(process.ExitCode, await output, await error);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static async Task<string> ReadAsync(StreamReader output, TaskCompletionSource firstLine, CancellationToken limit)
    {
        var first = await output.ReadLineAsync(limit);
        firstLine.TrySetResult();
        return first is null ? "" : $"{first}\n{await output.ReadToEndAsync(limit)}";
    }

    private Process Start(string file, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in Unset)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
