using System.Runtime.InteropServices;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

public class AotTests
{
    [Fact]
    public async Task A_native_program_fails_over_and_is_published_without_a_warning()
    {
        var token = TestContext.Current.CancellationToken;
        var output = Directory.CreateTempSubdirectory("flexiai-aot-").FullName;
        try
        {
            var project = Path.Combine(Tool.Root, "tests", "FlexiAI.Packages.Tests", "Aot", "FlexiAI.Aot.csproj");
            var log = await Tool.RunAsync(
                "dotnet",
                Tool.Root,
                [
                    "publish", project, "--configuration", "Release", "--runtime", RuntimeInformation.RuntimeIdentifier, "--output", output,

                    // The libraries' lock files are of no runtime; this program's would be of one.
                    "-p:RestorePackagesWithLockFile=false", "-p:RestoreLockedMode=false",
                ],
                token);

            Assert.DoesNotContain("warning", log, StringComparison.OrdinalIgnoreCase);
            await using var primary = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: token);
            await using var backup = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: token);
            primary.Faults.Always(Fault.Status(503));

            var printed = await Tool.RunAsync(Path.Combine(output, "FlexiAI.Aot"), output, [primary.BaseUrl, backup.BaseUrl], token);

            Assert.Equal(2, printed.Split("openai-2: ").Length - 1);
            Assert.Equal(2, primary.Requests.Count);
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }
}
