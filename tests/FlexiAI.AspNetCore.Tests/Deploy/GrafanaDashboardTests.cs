using System.Text.Json;
using System.Text.RegularExpressions;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>Grafana's dashboard asks for nothing that a gateway does not tell.</summary>
[Collection(MeteredAlone.Name)]
public sealed partial class GrafanaDashboardTests
{
    private static readonly JsonElement Dashboard = JsonDocument.Parse(DeployFiles.Read("grafana/flexiai.json")).RootElement;

    // Prometheus' own.
    private static readonly string[] AddedByPrometheus = ["instance", "job"];

    [Fact]
    public async Task Every_metric_and_label_of_every_panel_is_in_a_scrape()
    {
        await using var failing = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: MeteredHost.Stop);
        await using var healthy = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: MeteredHost.Stop);
        failing.Faults.Always(Fault.Status(500));
        await using var host = await MeteredHost.StartAsync(options =>
        {
            options.Providers = [MeteredHost.Entry(failing, "a"), MeteredHost.Entry(healthy, "b", priority: 2)];
            options.CircuitBreaker.FailureThreshold = 1;
            options.Sharing = _ => new AloneSharing();
        });
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Client.CircuitChanged += (_, _) => opened.TrySetResult();
        await host.AskAsync();
        await host.AskAsync(streamed: true);
        await opened.Task.WaitAsync(MeteredHost.Stop);

        var scrape = await host.ScrapeAsync();

        var asked = Expressions().SelectMany(Selectors).ToList();
        Assert.Contains(asked, selector => selector.Metric == "flexiai_circuit_state");
        Assert.All(asked, selector => Assert.True(
            scrape.Of(selector.Metric).Any(sample => selector.Labels.Except(AddedByPrometheus).All(sample.Labels.ContainsKey)),
            $"{selector.Metric} with {string.Join(", ", selector.Labels)} is not in the scrape, which has {string.Join(", ", scrape.Samples.Select(sample => sample.Name).Distinct())}."));
        Assert.All(asked.SelectMany(selector => selector.Wanted), wanted => Assert.Contains(scrape.Samples, sample => sample.Labels.GetValueOrDefault(wanted.Label) == wanted.Value));
    }

    [Fact]
    public void Every_panel_asks_the_source_that_is_provisioned_and_says_what_it_shows()
    {
        var source = DeployFiles.Yaml("grafana/provisioning/datasources/prometheus.yaml").GetProperty("datasources")[0].GetProperty("uid").GetString();

        var panels = Dashboard.GetProperty("panels").EnumerateArray().ToList();

        Assert.Equal(10, panels.Count);
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, panel => Assert.Equal(source, panel.GetProperty("datasource").GetProperty("uid").GetString()));
        Assert.All(panels, panel => Assert.NotEmpty(panel.GetProperty("title").GetString()!));
        Assert.All(panels, panel => Assert.NotEqual(0, panel.GetProperty("targets").GetArrayLength()));
    }

    [Fact]
    public void Panels_do_not_lie_on_each_other()
    {
        var places = Dashboard.GetProperty("panels").EnumerateArray().Select(panel => panel.GetProperty("gridPos")).SelectMany(place =>
            from x in Enumerable.Range(place.GetProperty("x").GetInt32(), place.GetProperty("w").GetInt32())
            from y in Enumerable.Range(place.GetProperty("y").GetInt32(), place.GetProperty("h").GetInt32())
            select (x, y)).ToList();

        Assert.Equal(places.Count, places.Distinct().Count());
        Assert.All(places, place => Assert.InRange(place.x, 0, 23));
    }

    private static IEnumerable<(string Expression, string Legend)> Expressions() => Dashboard.GetProperty("panels").EnumerateArray()
        .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
        .Select(target => (target.GetProperty("expr").GetString()!, target.GetProperty("legendFormat").GetString()!))
        .Append((VariableQuery().Match(Dashboard.GetProperty("templating").GetProperty("list")[0].GetProperty("query").GetProperty("query").GetString()!).Groups[1].Value + "{}", ""));

    private static IEnumerable<(string Metric, IReadOnlyList<string> Labels, IReadOnlyList<(string Label, string Value)> Wanted)> Selectors((string Expression, string Legend) target)
    {
        var grouped = Grouping().Matches(target.Expression).SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries))
            .Concat(LegendLabel().Matches(target.Legend).Select(match => match.Groups[1].Value));
        var selectors = Selector().Matches(target.Expression);
        Assert.NotEmpty(selectors);
        return selectors.Select(match =>
        {
            var matchers = Matcher().Matches(match.Groups[2].Value).Select(each => (Label: each.Groups[1].Value, Operator: each.Groups[2].Value, Value: each.Groups[3].Value)).ToList();
            return (
                match.Groups[1].Value,
                (IReadOnlyList<string>)[.. matchers.Select(each => each.Label).Concat(grouped).Distinct()],
                (IReadOnlyList<(string, string)>)[.. matchers.Where(each => each.Operator == "=").Select(each => (each.Label, each.Value))]);
        });
    }

    [GeneratedRegex(@"label_values\((?<metric>\w+),", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex VariableQuery();

    [GeneratedRegex(@"(?<metric>[a-zA-Z_:]\w*)\{(?<matchers>[^}]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Selector();

    [GeneratedRegex(@"(?<label>\w+)\s*(?<operator>=~|!=|!~|=)\s*""(?<value>[^""]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Matcher();

    [GeneratedRegex(@"by \((?<labels>[^)]*)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\{\{(?<label>\w+)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex LegendLabel();
}
