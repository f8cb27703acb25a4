using System.Net.Sockets;
using System.Text;
using FlexiAI.Testing;
using Microsoft.AspNetCore.Builder;

namespace FlexiAI.Tests;

/// <summary>What a gateway tells Prometheus.</summary>
[Collection(MeteredAlone.Name)]
public sealed class MetricsEndpointTests
{
    [Fact]
    public async Task A_scrape_tells_of_requests_attempts_circuits_and_the_server()
    {
        await using var simulated = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: MeteredHost.Stop);
        await using var host = await MeteredHost.StartAsync(options => options.Providers = [MeteredHost.Entry(simulated, "scraped")]);

        await host.AskAsync();
        var scrape = await host.ScrapeAsync();

        Assert.Equal("1", Assert.Single(scrape.Of("flexiai_requests_total")).Value);

        // A client that other tests keep tells its circuits too.
        Assert.Single(scrape.Of("flexiai_circuit_state"), sample => sample.Labels["flexiai_provider"] == "scraped");
        Assert.Equal("m", Assert.Single(scrape.Of("gen_ai_client_operation_duration_seconds_count")).Labels["gen_ai_request_model"]);
        Assert.NotEmpty(scrape.Of("http_server_request_duration_seconds_count"));
        Assert.Equal("flexiai", Assert.Single(scrape.Of("target_info")).Labels["service_name"]);
    }

    [Fact]
    public async Task Nothing_that_a_caller_says_becomes_a_label()
    {
        const string word = "NeverALabel";
        await using var simulated = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: MeteredHost.Stop);
        simulated.Answer = word;
        await using var host = await MeteredHost.StartAsync(options => options.Providers = [MeteredHost.Entry(simulated, "a")]);

        await host.AskAsync(word);
        await host.AskAsync(word, streamed: true);
        await SendAsync(host, $"{word} /{word}/{word}?{word}={word} HTTP/1.1\r\nHost: {word}.example\r\n{word}: {word}\r\nUser-Agent: {word}\r\nConnection: close\r\n\r\n");
        var scrape = await host.ScrapeAsync();

        Assert.Equal("2", Assert.Single(scrape.Of("flexiai_requests_total")).Value);
        Assert.DoesNotContain(scrape.Samples, sample => sample.ToString().Contains(word, StringComparison.OrdinalIgnoreCase)
            || sample.Labels.Any(label => $"{label}".Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task A_configured_name_cannot_write_lines_or_labels_of_its_own()
    {
        const string name = """a"} 1 \" ,x="y""";
        const string model = "m\"} 1\ninjected 1\n\\";
        await using var simulated = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: MeteredHost.Stop);
        await using var host = await MeteredHost.StartAsync(options => options.Providers = [MeteredHost.Entry(simulated, name, model: model)]);

        await host.AskAsync();
        var scrape = await host.ScrapeAsync();

        var sample = Assert.Single(scrape.Of("gen_ai_client_operation_duration_seconds_count"));
        Assert.Equal((name, model), (sample.Labels["flexiai_provider"], sample.Labels["gen_ai_request_model"]));
        Assert.Empty(scrape.Of("injected"));
    }

    [Fact]
    public async Task No_label_holds_a_key()
    {
        await using var simulated = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: MeteredHost.Stop);
        simulated.Faults.Always(Fault.InvalidApiKey());
        await using var host = await MeteredHost.StartAsync(options => options.Providers = [MeteredHost.Entry(simulated, "a")]);

        await host.AskAsync();

        Assert.DoesNotContain("very-secret", await host.Http.GetStringAsync("/metrics", MeteredHost.Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_nothing_to_scrape_where_metrics_are_off_or_telemetry_was_not_added()
    {
        await using var bare = WebApplication.CreateSlimBuilder().Build();
        Assert.Null(bare.MapMetrics());

        await using var simulated = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: MeteredHost.Stop);
        await using var host = await MeteredHost.StartAsync(
            options => options.Providers = [MeteredHost.Entry(simulated, "a")], telemetry => telemetry.Metrics = false);
        using var response = await host.Http.GetAsync("/metrics", MeteredHost.Stop);
        Assert.Equal(404, (int)response.StatusCode);
    }

    // Not by HttpClient, which measures in the same process.
    private static async Task SendAsync(MeteredHost host, string request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(host.Http.BaseAddress!.Host, host.Http.BaseAddress.Port, MeteredHost.Stop);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), MeteredHost.Stop);
        using var answer = new System.IO.StreamReader(connection.GetStream());
        Assert.Contains("404", await answer.ReadLineAsync(MeteredHost.Stop), StringComparison.Ordinal);
    }
}
