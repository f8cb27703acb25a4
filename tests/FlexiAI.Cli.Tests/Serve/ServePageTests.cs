using System.Diagnostics;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlexiAI.Tests;

/// <summary>What a newcomer does in the first minute.</summary>
public sealed class ServePageTests : IDisposable
{
    private readonly FlexiProcess _flexiai = new();

    public void Dispose() => _flexiai.Dispose();

    [Fact]
    public async Task The_line_of_the_banner_gets_an_answer_and_the_page_shows_failure_failover_and_recovery()
    {
        await using var serve = await ServeProcess.StartAsync(_flexiai);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("FLEXIAI_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu"],
        });
        SetDefaultExpectTimeout(60_000);
        var page = await OpenAsync(browser, serve, ColorScheme.Dark, 1280);

        Assert.Contains("This is a simulated answer", await ShellAsync(serve.Process.Out.Single(line => line.StartsWith("  curl ", StringComparison.Ordinal))), StringComparison.Ordinal);
        await Expect(page.Locator("#timeline .request").First).ToContainTextAsync("openai");

        await PressAsync(page, "Make it fail: openai");
        await Expect(Button(page, "Heal: openai")).ToBeFocusedAsync();
        await Until.TrueAsync(
            async () =>
            {
                Assert.Equal("anthropic", await serve.AskAsync());
                return await serve.StateOfAsync("openai") == "open";
            },
            "an open circuit");
        await Expect(page.Locator("#timeline .transition").First).ToContainTextAsync("openai opened");
        await Expect(page.Locator("#timeline .request").First).ToContainTextAsync("anthropic");

        await page.Keyboard.PressAsync("Enter");
        await Expect(Button(page, "Make it fail: openai")).ToBeFocusedAsync();
        await Until.TrueAsync(async () => await serve.AskAsync() == "openai", "recovery");
        await Expect(page.Locator("#timeline .transition").First).ToContainTextAsync("openai closed");
        await Expect(page.Locator("#timeline .request").First).ToContainTextAsync("openai");

        await PictureAsync(page, "serve-dark");
        await PictureAsync(await OpenAsync(browser, serve, ColorScheme.Light, 1280), "serve-light");
        await PictureAsync(await OpenAsync(browser, serve, ColorScheme.Light, 390), "serve-390");
    }

    [Fact]
    public async Task Faults_are_switched_over_http_too_and_a_stream_fails_over()
    {
        await using var serve = await ServeProcess.StartAsync(_flexiai);
        await serve.PostAsync("faults/openai/fail");
        using var response = await serve.BeginStreamAsync();
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal("anthropic", response.Headers.GetValues("x-flexiai-provider").Single());
        Assert.EndsWith("data: [DONE]\n\n", text, StringComparison.Ordinal);
        await serve.PostAsync("faults/openai/release");
        Assert.Equal("openai", await serve.AskAsync());
        serve.Process.Signal("INT");
        Assert.Equal(0, (await serve.Process.EndAsync()).ExitCode);
    }

    private static async Task<IPage> OpenAsync(IBrowser browser, ServeProcess serve, ColorScheme scheme, int width)
    {
        var context = await browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 844 }, ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        await page.GotoAsync($"{serve.Url}/");
        await Expect(page.Locator("#link")).ToHaveTextAsync("Live");
        return page;
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    // By the tab key, as who has no mouse.
    private static async Task PressAsync(IPage page, string button)
    {
        await Expect(Button(page, button)).ToBeVisibleAsync();
        for (var steps = 0; steps < 40 && !await Button(page, button).EvaluateAsync<bool>("button => button === document.activeElement"); steps++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await Expect(Button(page, button)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        if (Environment.GetEnvironmentVariable("FLEXIAI_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }

    private static async Task<string> ShellAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"{script} --silent --show-error --noproxy '*'"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
        return output;
    }
}
