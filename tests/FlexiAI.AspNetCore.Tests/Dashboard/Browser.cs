using Microsoft.Playwright;

namespace FlexiAI.Tests;

/// <summary>One Chromium for all tests of the dashboard.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("FLEXIAI_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu"],
        });
    }

    internal Task<DashboardPage> OpenAsync(StatusHost host, BrowserNewContextOptions? options = null, string path = "") =>
        DashboardPage.OpenAsync(_browser!, host, options ?? new(), path);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
