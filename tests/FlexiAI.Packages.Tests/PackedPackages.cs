using System.IO.Compression;
using System.Xml.Linq;

namespace FlexiAI.Tests;

/// <summary>Packs every package once, into a folder that ends with the tests.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("flexiai-packages-").FullName;

    public string Version { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        foreach (var project in Directory.EnumerateFiles(Path.Combine(Tool.Root, "src"), "*.csproj", SearchOption.AllDirectories))
        {
            await Tool.RunAsync("dotnet", Tool.Root, ["pack", project, "--configuration", Tool.Configuration, "--no-build", "--output", Folder], TestContext.Current.CancellationToken);
        }

        Version = (string)Nuspec("FlexiAI").Descendants().First(element => element.Name.LocalName == "version");
    }

    public XDocument Nuspec(string id)
    {
        using var package = Open(id, "nupkg");
        using var nuspec = package.GetEntry($"{id}.nuspec")!.Open();
        return XDocument.Load(nuspec);
    }

    public ZipArchive Open(string id, string extension) =>
        ZipFile.OpenRead(Directory.EnumerateFiles(Folder, $"{id}.*.{extension}").Single(file => char.IsDigit(Path.GetFileName(file)[id.Length + 1])));

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
