using System.Diagnostics;
using System.Text.Json;

namespace FlexiAI.Tests;

/// <summary>One run of a Node script that tries an official SDK: what became of each of its cases.</summary>
internal sealed class NodeRun
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, string?> _errors;
    private readonly string _told;

    private NodeRun(Dictionary<string, string?> errors, string told) => (_errors, _told) = (errors, told);

    public static async Task<NodeRun> StartAsync(string script, SdkStage stage, IEnumerable<string> cases)
    {
        using var node = Start(script, stage, cases);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Longest);
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(late.Token), node.StandardError.ReadToEndAsync(late.Token));
        try
        {
            await node.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            node.Kill(entireProcessTree: true);
            throw;
        }

        var told = $"node {script} ended with {node.ExitCode}.\n{await output}\n{await errors}";
        Assert.True(node.ExitCode == 0, told);
        var results = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line));
        return new NodeRun(results.ToDictionary(result => result.GetProperty("case").GetString()!, result => result.GetProperty("error").GetString(), StringComparer.Ordinal), told);
    }

    public void AssertPassed(string name)
    {
        Assert.True(_errors.TryGetValue(name, out var error), $"The case {name} was not run. {_told}");
        Assert.True(error is null, error);
    }

    /// <summary>Adds a case that was not the script's to see.</summary>
    public void Add(string name, string? error) => _errors.Add(name, error);

    private static Process Start(string script, SdkStage stage, IEnumerable<string> cases)
    {
        var folder = Path.Combine(DeployFiles.Root, "..", "tests", "NodeClients");
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")), "The Node SDKs are not installed: run `npm ci` in tests/NodeClients, or test.sh, which does.");
        var start = new ProcessStartInfo("node", [script, .. cases])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FLEXIAI_URL"] = stage.Address;
        start.Environment["FLEXIAI_NARROW_URL"] = stage.NarrowAddress;
        start.Environment["FLEXIAI_KEY"] = SdkStage.Key;
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException("Node is not installed: install nodejs and npm, or run test.sh, which does.", e);
        }
    }
}
