using System.Diagnostics;
using System.Text;

namespace FlexiAI.Cli;

/// <summary>How this very program is started again, as a worker.</summary>
/// <param name="File">The executable.</param>
/// <param name="Arguments">What comes before the command's own arguments.</param>
internal sealed record WorkerProgram(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>The running one: an executable of its own, or the assembly that <c>dotnet</c> runs.</summary>
    public static WorkerProgram Current()
    {
        var file = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(file).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? new WorkerProgram(file, ["exec", Path.Combine(AppContext.BaseDirectory, $"{typeof(WorkerProgram).Assembly.GetName().Name}.dll")])
            : new WorkerProgram(file, []);
    }

    public Process Start() => Process.Start(new ProcessStartInfo(File, [.. Arguments, WorkerCommand.Name])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        StandardOutputEncoding = Encoding.UTF8,
    })!;
}
