namespace FlexiAI.Tests;

/// <summary>No caller makes a metric grow, and none begins a line of a log.</summary>
[Collection(MeteredAlone.Name)]
public sealed class OddLabelsTests
{
    private const string Word = "NeverTold";

    [Fact]
    public async Task Odd_requests_add_no_series_and_nothing_of_them_is_measured_or_logged()
    {
        await using var provider = RawProvider.Start(RawProvider.Reply("""{"error":{"message":"NeverLogged\r\nforged\u001b[2J","code":"NeverTold"}}""", status: "400 Bad"));
        await using var gateway = await SecuredGateway.StartAsync(provider.Entry("one"));

        await SendOddAsync(gateway, 0);
        var before = await ScrapeAsync(gateway);
        for (var i = 1; i <= 20; i++)
        {
            await SendOddAsync(gateway, i);
        }

        var after = await ScrapeAsync(gateway);

        Assert.Equal(Series(before), Series(after));
        Assert.DoesNotContain(after.Samples, sample => sample.Labels.Any(label => $"{label}".Contains(Word, StringComparison.OrdinalIgnoreCase)));
        Assert.All(gateway.Logged.Where(record => record.Category?.StartsWith("FlexiAI", StringComparison.Ordinal) is true), record =>
        {
            Assert.DoesNotContain(Word, record.Message, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('\n', record.Message);
            Assert.DoesNotContain('\r', record.Message);
            Assert.DoesNotContain('\x1b', record.Message);
        });
    }

    private static async Task SendOddAsync(SecuredGateway gateway, int number)
    {
        var word = $"{Word}{number}";
        await gateway.RawAsync($"{word} /{word} HTTP/1.1\r\nHost: {word}.example\r\nConnection: close\r\n\r\n");
        await gateway.RawAsync($"GET /v1/models/{word}%0d%0a{word}?{word} HTTP/1.1\r\nHost: {word}\r\nx-api-key: {SecuredGateway.ClientKey}\r\nUser-Agent: {word}\r\nConnection: close\r\n\r\n");
        await gateway.RawAsync(SecuredGateway.Post("/v1/chat/completions", $$"""{"model":"{{word}}\r\n{{word}}","messages":[]}"""));
        await gateway.RawAsync(SecuredGateway.Post("/v1/chat/completions", $$"""{"model":"auto","user":"{{word}}","messages":[]}""", $"OpenAI-Beta: {word}\r\n"));
        await gateway.RawAsync(SecuredGateway.Post($"/v1/{word}", $$"""{"model":"{{word}}","messages":[]}"""));
        await gateway.RawAsync(SecuredGateway.Post("/v1/messages", $"{word}\r\n"));
    }

    private static async Task<Scrape> ScrapeAsync(SecuredGateway gateway)
    {
        // The scrape itself is measured too, and a first one is not in itself.
        for (var i = 0; ; i++)
        {
            using var response = await gateway.SendAsync(HttpMethod.Get, "/metrics", key: SecuredGateway.AdminKey);
            var scrape = Scrape.Read(await response.Content.ReadAsStringAsync(SecuredGateway.Stop));
            if (i == 2)
            {
                return scrape;
            }

            // A scrape is remembered for a third of a second.
            await Task.Delay(400, SecuredGateway.Stop);
        }
    }

    private static IEnumerable<string> Series(Scrape scrape) => scrape.Samples
        .Where(sample => !sample.Name.StartsWith("process_", StringComparison.Ordinal) && !sample.Name.StartsWith("dotnet_", StringComparison.Ordinal))
        .Select(sample => $"{sample.Name} {string.Join(',', sample.Labels)}").Order(StringComparer.Ordinal);
}
