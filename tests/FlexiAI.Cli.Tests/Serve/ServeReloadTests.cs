using System.Diagnostics;

namespace FlexiAI.Tests;

/// <summary>The configuration is changed while requests go on.</summary>
public sealed class ServeReloadTests : IDisposable
{
    private readonly FlexiProcess _flexiai = new();

    public void Dispose() => _flexiai.Dispose();

    [Fact]
    public async Task Entries_come_go_and_change_places_and_no_request_fails()
    {
        await using var first = await ServeConfig.ProviderAsync("first");
        await using var second = await ServeConfig.ProviderAsync("second");
        await using var third = await ServeConfig.ProviderAsync("third");
        await using var serve = await ServeProcess.StartAsync(_flexiai.WithFile(ServeConfig.For(Alias("first"), first, second)));
        await serve.PostAsync("circuits/second/isolate");
        await using var load = new ServeLoad(serve, "auto", "auto", "fast", "fast", "fast");
        await load.AnswersAsync("fast", "first");

        _flexiai.WithFile(ServeConfig.For(Alias("third"), third, first, second));
        await serve.Process.TellsAsync("taken over: 3 providers; added: third; removed: none");
        await load.AnswersAsync("auto", "third");
        await load.AnswersAsync("fast", "third");
        Assert.Equal("isolated", await serve.StateOfAsync("second"));

        _flexiai.WithFile(ServeConfig.For(Alias("first"), first, second));
        await serve.Process.TellsAsync("taken over: 2 providers; added: none; removed: third");
        await load.AnswersAsync("auto", "first");
        await load.AnswersAsync("fast", "first");

        _flexiai.WithFile("{ \"Providers\": [");
        await serve.Process.TellsAsync("is not valid, so that nothing changes: ");
        _flexiai.WithFile(ServeConfig.For(Alias("nobody"), second, first));
        await serve.Process.TellsAsync("Models[fast] is \"nobody\"; allowed: names of providers: second, first.");
        _flexiai.WithFile(ServeConfig.For(Alias("first") + """, "FailoverMode": "Sometimes" """, second, first));
        await serve.Process.TellsAsync("FailoverMode is \"Sometimes\"");
        var answers = load.Answers;
        await Until.TrueAsync(() => load.Answers > answers + 20, "requests after what was refused");

        Assert.Equal("isolated", await serve.StateOfAsync("second"));
        Assert.Empty(load.Problems);
    }

    [Fact]
    public async Task A_link_that_is_turned_as_kubernetes_does_is_followed_and_a_hangup_is_not_the_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The links are made with a shell's tools.");
        await using var first = await ServeConfig.ProviderAsync("first");
        await using var second = await ServeConfig.ProviderAsync("second");
        Write("..2026_1", ServeConfig.For("", first));
        Write("..2026_2", ServeConfig.For("", second));
        await LinkAsync("..2026_1");
        await ShellAsync("ln -s ..data/flexiai.json flexiai.json");
        await using var serve = await ServeProcess.StartAsync(_flexiai);
        Assert.Equal("first", await serve.AskAsync());

        serve.Process.Signal("HUP");
        await LinkAsync("..2026_2");

        await serve.Process.TellsAsync("added: second; removed: first");
        Assert.Equal("second", await serve.AskAsync());
    }

    private static string Alias(string provider) => $$"""
        "Gateway": { "Models": { "fast": [ "{{provider}}" ] } }
        """;

    private void Write(string folder, string content)
    {
        Directory.CreateDirectory(Path.Combine(_flexiai.Folder, folder));
        _flexiai.WithFile(content, Path.Combine(folder, "flexiai.json"));
    }

    private Task LinkAsync(string folder) => ShellAsync($"ln -s {folder} ..data_tmp && mv -T ..data_tmp ..data");

    private async Task ShellAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { WorkingDirectory = _flexiai.Folder, UseShellExecute = false })!;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
    }
}
