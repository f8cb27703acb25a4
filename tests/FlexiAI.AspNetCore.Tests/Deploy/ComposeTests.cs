using System.Text.Json;
using System.Text.RegularExpressions;

namespace FlexiAI.Tests;

/// <summary>The files that start two gateways fit together, and hold no secret.</summary>
public sealed partial class ComposeTests
{
    private static readonly JsonElement Compose = DeployFiles.Yaml("compose.yaml");
    private static readonly JsonElement Services = Compose.GetProperty("services");

    [Fact]
    public void Every_key_and_password_comes_from_the_environment_and_is_asked_for_where_it_is_missing()
    {
        var secrets = Services.EnumerateObject()
            .Where(service => service.Value.TryGetProperty("environment", out _))
            .SelectMany(service => service.Value.GetProperty("environment").EnumerateObject())
            .Where(variable => SecretName().IsMatch(variable.Name))
            .ToList();

        Assert.Equal(9, secrets.Count);
        Assert.All(secrets, secret => Assert.Matches(@"^\$\{[A-Z_]+:\?.+\}$", secret.Value.GetString()));
    }

    [Fact]
    public void Every_file_that_is_mounted_is_there()
    {
        var mounted = Services.EnumerateObject()
            .Where(service => service.Value.TryGetProperty("volumes", out _))
            .SelectMany(service => service.Value.GetProperty("volumes").EnumerateArray())
            .Select(volume => volume.GetString()!.Split(':')[0])
            .ToList();

        Assert.Contains("./flexiai.json", mounted);
        Assert.All(mounted, source => Assert.True(source[0] != '.'
            ? Compose.GetProperty("volumes").TryGetProperty(source, out _)
            : Path.Exists(Path.Combine(DeployFiles.Root, source)), source));
    }

    [Fact]
    public void Nothing_listens_beyond_this_machine() => Assert.All(
        Services.EnumerateObject()
            .Where(service => service.Value.TryGetProperty("ports", out _))
            .SelectMany(service => service.Value.GetProperty("ports").EnumerateArray()),
        port => Assert.StartsWith("127.0.0.1:", port.GetString(), StringComparison.Ordinal));

    [Fact]
    public void Prometheus_scrapes_and_nginx_serves_every_gateway()
    {
        var gateways = Services.EnumerateObject().Where(service => service.Name.StartsWith("gateway", StringComparison.Ordinal)).Select(service => $"{service.Name}:8080").ToList();
        var job = DeployFiles.Yaml("prometheus.yml").GetProperty("scrape_configs")[0];

        Assert.Equal(2, gateways.Count);
        Assert.Equal(gateways, job.GetProperty("static_configs")[0].GetProperty("targets").EnumerateArray().Select(target => target.GetString()));
        Assert.Equal(MetricsEndpoint.Path, job.GetProperty("metrics_path").GetString());
        Assert.Equal(gateways, UpstreamServer().Matches(DeployFiles.Read("nginx.conf")).Select(match => match.Groups[1].Value));
        Assert.Equal($"/run/secrets/{Compose.GetProperty("secrets").EnumerateObject().Single().Name}", job.GetProperty("authorization").GetProperty("credentials_file").GetString());
    }

    [Fact]
    public void Nginx_holds_no_word_of_a_stream_back_and_every_block_is_closed()
    {
        var nginx = DeployFiles.Read("nginx.conf");

        Assert.Contains("proxy_buffering off;", nginx, StringComparison.Ordinal);
        Assert.Equal(nginx.Count(letter => letter == '{'), nginx.Count(letter => letter == '}'));
        Assert.All(
            nginx.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'),
            line => Assert.True(line[^1] is ';' or '{' or '}', line));
    }

    [Fact]
    public void The_image_runs_the_command_line_as_nobody_in_particular()
    {
        var image = DeployFiles.Read("Dockerfile");

        Assert.Contains("\nUSER $APP_UID\n", image, StringComparison.Ordinal);
        Assert.Contains("""CMD ["serve", "--urls", "http://0.0.0.0:8080", "--config", "/etc/flexiai/flexiai.json"]""", image, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(DeployFiles.Root, "../src/FlexiAI.Cli/FlexiAI.Cli.csproj")));
    }

    [GeneratedRegex("KEY|PASSWORD|SECRET|TOKEN", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"server (?<gateway>gateway-\d:\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex UpstreamServer();
}
