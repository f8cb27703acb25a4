using System.Collections.Concurrent;
using System.Text;
using FlexiAI.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlexiAI.Tests;

/// <summary>What a collector receives, over a real socket.</summary>
[Collection(MeteredAlone.Name)]
public sealed class OtlpTests
{
    [Fact]
    public async Task A_collector_receives_the_spans_and_metrics_and_neither_content_nor_key()
    {
        const string content = "the caller's own words";
        var received = new ConcurrentQueue<(string Path, string Body)>();
        await using var collector = await StartCollectorAsync(received);
        await using var simulated = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: MeteredHost.Stop);
        simulated.Faults.Next(Fault.Status(500, $$$"""{"error":{"message":"{{{content}}}"}}"""));
        await using (var host = await MeteredHost.StartAsync(
            options => options.Providers = [MeteredHost.Entry(simulated, "a"), MeteredHost.Entry(simulated, "b", priority: 2)],
            telemetry => (telemetry.OtlpEndpoint, telemetry.OtlpProtocol) = (collector.Urls.First(), "http/protobuf")))
        {
            await host.AskAsync(content);
        }

        var traces = string.Concat(received.Where(sent => sent.Path == "/v1/traces").Select(sent => sent.Body));
        Assert.Contains("flexiai chat", traces, StringComparison.Ordinal);
        Assert.Contains("gen_ai.request.model", traces, StringComparison.Ordinal);
        Assert.Contains("gen_ai.client.operation.duration", string.Concat(received.Where(sent => sent.Path == "/v1/metrics").Select(sent => sent.Body)), StringComparison.Ordinal);
        Assert.DoesNotContain(content, traces, StringComparison.Ordinal);
        Assert.DoesNotContain(received, sent => sent.Body.Contains("very-secret", StringComparison.Ordinal));
    }

    private static async Task<WebApplication> StartCollectorAsync(ConcurrentQueue<(string Path, string Body)> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = builder.Build();
        collector.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            received.Enqueue((http.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
            http.Response.StatusCode = StatusCodes.Status200OK;
        });
        await collector.StartAsync(MeteredHost.Stop);
        return collector;
    }
}
