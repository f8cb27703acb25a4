using FlexiAI.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlexiAI.Tests;

public sealed class DashboardTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task A_card_tells_the_providers_state_in_words()
    {
        await using var host = await StatusHost.StartAsync();
        await using var page = await browser.OpenAsync(host);
        await page.LiveAsync();

        await Expect(page.Card("first")).ToContainTextAsync("Closed");
        await Expect(page.Card("first")).ToContainTextAsync("0 / 2");
        await Expect(page.Card("second")).ToContainTextAsync("model-2 · openai");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_failover_and_a_transition_appear_without_reloading()
    {
        await using var host = await StatusHost.StartAsync();
        await using var page = await browser.OpenAsync(host);
        await page.LiveAsync();
        host.Providers[0].Faults.Always(Fault.Overloaded());

        await host.AskAsync();
        await host.AskAsync();

        await Expect(page.Card("first")).ToContainTextAsync("Open");
        await Expect(page.Card("first")).ToContainTextAsync("Next test in");
        await Expect(page.Page.Locator("#timeline .request")).ToHaveCountAsync(2);
        await Expect(page.Page.Locator("#timeline .request").First).ToContainTextAsync("second");
        await Expect(page.Page.Locator("#timeline .transition")).ToContainTextAsync("first opened, server error");
        await Expect(page.Page.Locator("#failures .failure").First).ToContainTextAsync("503");
        await Expect(page.Page.Locator("#announcer")).ToContainTextAsync("first opened");
        await Expect(page.Page.Locator("#sum-requests")).ToHaveTextAsync("2");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task What_was_before_is_there_at_once()
    {
        await using var host = await StatusHost.StartAsync();
        await host.AskAsync();
        await using var page = await browser.OpenAsync(host);

        await Expect(page.Page.Locator("#timeline .request")).ToContainTextAsync("first");
        await Expect(page.Page.Locator("#timeline-empty")).ToBeHiddenAsync();
        await Expect(page.Page.Locator("#chart-requests canvas")).ToBeVisibleAsync();
        await Expect(page.Page.Locator("#chart-requests")).ToHaveAttributeAsync("aria-label", "Requests of the last five minutes: first 1, second 0, no answer 0.");
    }

    [Fact]
    public async Task Who_answered_and_when_a_circuit_changed_is_drawn()
    {
        await using var host = await StatusHost.StartAsync();
        await using var page = await browser.OpenAsync(host, new() { ColorScheme = ColorScheme.Light });
        await page.LiveAsync();

        // The newest span stays the newest, where it is hardest to see.
        await page.Page.Clock.SetFixedTimeAsync(DateTime.UtcNow);
        await host.AskAsync();
        await DrawnAsync(page, "[42, 120, 214]");
        host.Client.IsolateProvider("first");
        await DrawnAsync(page, "[86, 84, 110]");
        await host.AskAsync();
        await DrawnAsync(page, "[217, 112, 43]");
    }

    [Fact]
    public async Task Buttons_work_by_mouse()
    {
        await using var host = await StatusHost.StartAsync();
        await using var page = await browser.OpenAsync(host);

        await page.Button("Isolate: first").ClickAsync();
        await Expect(page.Card("first")).ToContainTextAsync("Isolated");
        await page.Button("Reset: first").ClickAsync();
        await Expect(page.Card("first")).ToContainTextAsync("Closed");
        await page.Button("Ask first: second").ClickAsync();
        await Expect(page.Card("second")).ToContainTextAsync("2 · asked first");
        await page.Button("Isolate: second").ClickAsync();
        await Expect(page.Card("second")).ToContainTextAsync("Isolated");
        await page.Button("Reset all circuits").ClickAsync();
        await Expect(page.Card("second")).ToContainTextAsync("Closed");
        Assert.Equal("second", (await host.AskAsync()).Provider);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Buttons_work_by_keyboard_alone_and_keep_the_focus()
    {
        await using var host = await StatusHost.StartAsync(new() { Simulated = true });
        await using var page = await browser.OpenAsync(host);
        await page.LiveAsync();
        await ReachAsync(page, "Isolate: first");

        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Card("first")).ToContainTextAsync("Isolated");
        await Expect(page.Button("Isolate: first")).ToBeFocusedAsync();
        Assert.Equal("solid", await page.Button("Isolate: first").EvaluateAsync<string>("button => getComputedStyle(button).outlineStyle"));

        await page.Page.Keyboard.PressAsync("Shift+Tab");
        await page.Page.Keyboard.PressAsync("Space");
        await Expect(page.Card("first")).ToContainTextAsync("Closed");

        await ReachAsync(page, "Make it fail: first");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Button("Heal: first")).ToBeFocusedAsync();
        Assert.Equal("second", (await host.AskAsync()).Provider);
    }

    [Fact]
    public async Task A_button_that_fails_says_why()
    {
        await using var host = await StatusHost.StartAsync();
        await using var page = await browser.OpenAsync(host);
        await page.LiveAsync();
        await page.Page.RouteAsync("**/circuits/first/isolate", route => route.FulfillAsync(new()
        {
            Status = 404, ContentType = "application/json", Body = """{"error":{"message":"No provider is named \"first\"; allowed: second."}}""",
        }));

        await page.Button("Isolate: first").ClickAsync();

        await Expect(page.Card("first")).ToContainTextAsync("Isolate failed: No provider is named \"first\"; allowed: second.");
    }

    [Fact]
    public async Task Simulated_providers_are_labelled_and_real_ones_have_no_fault_button()
    {
        await using var simulated = await StatusHost.StartAsync(new() { Simulated = true });
        await using var real = await StatusHost.StartAsync();
        await using var first = await browser.OpenAsync(simulated);
        await using var second = await browser.OpenAsync(real);

        await Expect(first.Page.Locator("#simulated")).ToBeVisibleAsync();
        await Expect(first.Button("Make it fail: first")).ToBeVisibleAsync();
        await second.LiveAsync();
        await Expect(second.Card("first")).ToBeVisibleAsync();
        await Expect(second.Page.Locator("#simulated")).ToBeHiddenAsync();
        await Expect(second.Button("Make it fail: first")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_stream_that_breaks_is_taken_up_again()
    {
        await using var host = await StatusHost.StartAsync();
        await using var page = await browser.OpenAsync(host);
        await page.LiveAsync();
        await page.Page.Context.SetOfflineAsync(true);
        await host.StopAsync();

        await Expect(page.Page.Locator("#link")).ToContainTextAsync("Connection lost");
    }

    [Fact]
    public async Task The_admin_key_is_asked_for_until_it_is_right_and_kept_in_the_tab()
    {
        await using var host = await StatusHost.StartAsync(new() { AdminKey = "open-sesame" });
        await using var page = await browser.OpenAsync(host);
        var dialog = page.Page.GetByRole(AriaRole.Dialog);

        await dialog.GetByLabel("Key", new() { Exact = true }).FillAsync("wrong");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToContainTextAsync("does not accept this key");
        await dialog.GetByLabel("Key", new() { Exact = true }).FillAsync("open-sesame");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.LiveAsync();
        await page.Button("Isolate: first").ClickAsync();
        await Expect(page.Card("first")).ToContainTextAsync("Isolated");

        await page.Page.ReloadAsync();
        await page.LiveAsync();
        await Expect(dialog).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Under_a_prefix_the_page_works_too()
    {
        await using var host = await StatusHost.StartAsync(new() { Prefix = "/ai" });
        await using var page = await browser.OpenAsync(host, path: "/ai");

        await page.Button("Isolate: first").ClickAsync();
        await Expect(page.Card("first")).ToContainTextAsync("Isolated");
        Assert.Empty(page.Complaints);
    }

    private static async Task DrawnAsync(DashboardPage page, string color)
    {
        await page.Page.WaitForFunctionAsync($$"""
            () => {
              const canvas = document.querySelector('#chart-requests canvas');
              const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              const color = {{color}};
              let pixels = 0;
              for (let i = 0; i < data.length; i += 4) {
                pixels += data[i + 3] > 200 && color.every((value, j) => Math.abs(data[i + j] - value) < 4);
              }

              return pixels > 20;
            }
            """,
            options: new() { Timeout = 10_000 });
    }

    // As a person does who has no mouse: step by step, and never past the end.
    private static async Task ReachAsync(DashboardPage page, string button)
    {
        for (var steps = 0; steps < 40; steps++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            if (await page.Button(button).EvaluateAsync<bool>("button => button === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail($"\"{button}\" is not reached with the tab key.");
    }
}
