using FlexiAI.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlexiAI.Tests;

public sealed class DashboardLookTests(Browser browser) : IClassFixture<Browser>
{
    private const string Hostile = "<img src=x onerror=alert(1)>\"'&";

    private static readonly string[] Names = ["openai", "claude", "local-llama"];

    [Theory]
    [InlineData("light", 1280)]
    [InlineData("dark", 1280)]
    [InlineData("light", 390)]
    [InlineData("dark", 390)]
    public async Task The_page_is_as_wide_as_its_window_and_follows_the_colour_scheme(string scheme, int width)
    {
        await using var host = await StatusHost.StartAsync(new() { Names = Names, Simulated = true });
        await using var page = await browser.OpenAsync(host, new()
        {
            ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = 844 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        await page.LiveAsync();
        await PlayAsync(host);
        await Expect(page.Page.Locator("#timeline .transition")).ToHaveCountAsync(2);
        await Expect(page.Page.Locator("#sum-requests")).ToHaveTextAsync("12");

        Assert.Equal(0, await page.OverflowAsync());
        var background = await page.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        Assert.Equal(scheme == "dark" ? "rgb(16, 20, 24)" : "rgb(245, 246, 248)", background);
        Assert.Equal("none", await page.Page.Locator("#timeline .row").First.EvaluateAsync<string>("row => getComputedStyle(row).animationName"));
        await page.PictureAsync($"dashboard-{scheme}-{width}");
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Hostile_names_and_reasons_are_shown_as_text(int width)
    {
        string[] names = [Hostile, "a-name-without-any-place-to-break-it-that-goes-on-and-on-and-on-for-much-longer-than-the-card"];
        await using var host = await StatusHost.StartAsync(new() { Names = names });
        await using var page = await browser.OpenAsync(host, new() { ViewportSize = new() { Width = width, Height = 844 } });
        await page.LiveAsync();
        var reason = $"{{\"error\":{{\"message\":\"<img src=x onerror=alert(1)> {new string('x', 300)}\",\"type\":\"server_error\"}}}}";
        host.Providers[0].Faults.Always(Fault.Status(500, reason));
        host.Providers[1].Faults.Always(Fault.Status(500, reason));
        await host.AskAsync();
        await host.AskAsync();

        await Expect(page.Card(Hostile)).ToContainTextAsync("Open");
        await Expect(page.Page.Locator("#failures .failure").First).ToContainTextAsync("<img src=x onerror=alert(1)>");
        await Expect(page.Page.Locator("#timeline .transition").Last).ToContainTextAsync(Hostile);
        await page.Button($"Isolate: {Hostile}").ClickAsync();
        await Expect(page.Card(Hostile)).ToContainTextAsync("Isolated");

        await page.PictureAsync($"hostile-{width}");
        Assert.Equal(0, await page.Page.Locator("img").CountAsync());
        Assert.Equal(0, await page.OverflowAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_page_without_requests_says_how_to_send_one()
    {
        await using var host = await StatusHost.StartAsync(new() { Names = Names, Simulated = true });
        await using var page = await browser.OpenAsync(host, new() { ViewportSize = new() { Width = 390, Height = 844 } });
        await page.LiveAsync();

        await Expect(page.Page.Locator("#example")).ToContainTextAsync($"curl {host.Http.BaseAddress}v1/chat/completions");
        await page.PictureAsync("empty-390");
        Assert.Equal(0, await page.OverflowAsync());
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Text_stands_out_from_its_ground(string scheme)
    {
        await using var host = await StatusHost.StartAsync(new() { Names = Names, Simulated = true });
        await using var page = await browser.OpenAsync(host, new() { ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light });
        await page.LiveAsync();
        await PlayAsync(host);
        host.Client.IsolateProvider("local-llama");
        await Expect(page.Card("local-llama")).ToContainTextAsync("Isolated");
        await Expect(page.Page.Locator("#timeline .transition")).ToHaveCountAsync(3);

        var poor = await page.Page.EvaluateAsync<string[]>(Contrast.Script);

        Assert.Empty(poor);
    }

    private static async Task PlayAsync(StatusHost host)
    {
        for (var i = 0; i < 12; i++)
        {
            if (i == 4)
            {
                host.Providers[0].Faults.Always(Fault.Overloaded());
            }
            else if (i == 8)
            {
                host.Providers[1].Faults.Always(Fault.RateLimited());
            }

            await host.AskAsync();
        }
    }
}
