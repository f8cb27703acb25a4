using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace FlexiAI.Tests;

/// <summary>The dashboard in a browser of its own, and everything that the browser complained of.</summary>
internal sealed class DashboardPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private DashboardPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => Complaints.Enqueue(error);
        page.Dialog += async (_, dialog) =>
        {
            Complaints.Enqueue($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, violations of the content security policy, dialogs of injected scripts.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    public static async Task<DashboardPage> OpenAsync(IBrowser browser, StatusHost host, BrowserNewContextOptions options, string path)
    {
        var context = await browser.NewContextAsync(options);
        var page = new DashboardPage(context, await context.NewPageAsync());
        await page.Page.GotoAsync(new Uri(host.Http.BaseAddress!, path).ToString());
        return page;
    }

    public ILocator Card(string provider) => Page.GetByRole(AriaRole.Article, new() { Name = provider, Exact = true });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public async Task LiveAsync() => await Assertions.Expect(Page.Locator("#link")).ToHaveTextAsync("Live");

    /// <summary>The sideways room that the page takes beyond its window.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>Keeps a picture where FLEXIAI_SCREENSHOTS names a folder.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("FLEXIAI_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }

    public ValueTask DisposeAsync() => new(_context.CloseAsync());
}
