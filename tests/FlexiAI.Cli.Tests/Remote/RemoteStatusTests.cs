using System.Text.Json;

namespace FlexiAI.Tests;

public sealed class RemoteStatusTests : IDisposable
{
    private readonly FlexiProcess _flexiai = new();

    public void Dispose() => _flexiai.Dispose();

    [Fact]
    public async Task The_table_and_the_json_show_the_gateway_as_it_is()
    {
        await using var gateway = await TestGateway.StartAsync(names: ["first", "second"]);
        gateway.Client.IsolateProvider("first");
        gateway.Client.SetPrimaryProvider("second");
        await gateway.AskAsync();

        var table = await _flexiai.RunAsync("status", "--url", gateway.Url);
        var json = await _flexiai.RunAsync("status", "--url", gateway.Url + "/", "--json");

        Assert.Equal((0, "", 0, ""), (table.ExitCode, table.Error, json.ExitCode, json.Error));
        Assert.Contains(table.Lines, line => Words(line) is ["first", "openai", "model-1", "1", "isolated", "0/5", "0", "0"]);
        Assert.Contains(table.Lines, line => Words(line) is ["second", "openai", "model-2", "2,", "asked", "first", "closed", "0/5", "1", "0", _, "ms"]);
        Assert.Contains("ready.", table.Lines[0], StringComparison.Ordinal);
        Assert.Contains("1 requests: 1 answered, 0 failed, 0 cancelled.", table.Lines);
        table.AssertPlain();
        var providers = JsonElement.Parse(Assert.Single(json.Lines)).GetProperty("providers");
        Assert.Equal(["isolated", "closed"], providers.EnumerateArray().Select(provider => provider.GetProperty("circuit").GetProperty("state").GetString()));
    }

    [Fact]
    public async Task With_both_url_and_config_it_is_refused() =>
        (await _flexiai.RunAsync("status", "--url", "http://127.0.0.1:1", "--config", "x.json")).AssertRefused("--config is \"x.json\" with --url; allowed: one of them.");

    [Fact]
    public async Task Without_url_it_shows_what_is_configured_whatever_the_environment_says_of_gateways()
    {
        var ending = await _flexiai.With("FLEXIAI_URL", "http://127.0.0.1:1").RunAsync("status");

        Assert.Equal(0, ending.ExitCode);
        Assert.StartsWith("No provider is configured", ending.Out, StringComparison.Ordinal);
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
