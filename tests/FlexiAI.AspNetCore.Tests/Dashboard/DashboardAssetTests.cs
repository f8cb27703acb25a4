using System.Net;
using System.Net.Http.Headers;

namespace FlexiAI.Tests;

public sealed class DashboardAssetTests
{
    [Theory]
    [InlineData("", "text/html")]
    [InlineData("dashboard/app.js", "text/javascript")]
    [InlineData("dashboard/dashboard.css", "text/css")]
    [InlineData("dashboard/icon.svg", "image/svg+xml")]
    [InlineData("dashboard/uplot/uPlot.iife.min.js", "text/javascript")]
    [InlineData("dashboard/uplot/LICENSE", "text/plain")]
    public async Task Each_file_has_its_type_and_the_strict_headers(string path, string type)
    {
        await using var host = await StatusHost.StartAsync();

        using var response = await host.Http.GetAsync(path, StatusHost.Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("default-src 'none'; script-src 'self'; ", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'none'", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Opener-Policy"));
        Assert.Equal("no-cache", Header(response, "Cache-Control"));
    }

    [Fact]
    public async Task What_a_browser_has_is_not_sent_again()
    {
        await using var host = await StatusHost.StartAsync();
        using var first = await host.Http.GetAsync("dashboard/app.js", StatusHost.Stop);
        using var again = new HttpRequestMessage(HttpMethod.Get, "dashboard/app.js");
        again.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(first.Headers.ETag!.ToString()));

        using var second = await host.Http.SendAsync(again, StatusHost.Stop);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("dashboard/nothing.js")]
    [InlineData("dashboard/")]
    [InlineData("dashboard/..%2Fappsettings.json")]
    public async Task Other_paths_are_not_found(string path)
    {
        await using var host = await StatusHost.StartAsync();

        using var response = await host.Http.GetAsync(path, StatusHost.Stop);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Under_a_prefix_the_page_is_sent_to_where_its_links_hold()
    {
        await using var host = await StatusHost.StartAsync(new() { Prefix = "/ai" });

        using var response = await host.Http.GetAsync("ai", StatusHost.Stop);

        Assert.Equal("/ai/", response.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_page_names_nothing_from_elsewhere()
    {
        await using var host = await StatusHost.StartAsync();

        var page = await host.Http.GetStringAsync("", StatusHost.Stop);

        Assert.DoesNotContain("//", page.Replace("<!doctype html>", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" on", page.Split("<body>")[0], StringComparison.Ordinal);
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(", ", response.Headers.NonValidated[name]);
}
