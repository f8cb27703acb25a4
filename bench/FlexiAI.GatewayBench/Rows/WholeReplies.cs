using FlexiAI.Testing;

namespace FlexiAI.GatewayBench;

/// <summary>Whole replies: how many, what each costs, and what time is added to them.</summary>
internal static class WholeReplies
{
    private const int Connections = 32;

    public static async Task RunAsync(Setting setting)
    {
        using var gateway = await setting.StartGatewayAsync();
        using var yarp = await setting.StartYarpAsync();
        await UpstreamAsync(setting);
        await ThroughputAsync(setting, new(gateway, "pass"), new(yarp, "gpt-4o-mini"), new(gateway, "translated"));
        await LatencyAsync(setting, new(gateway, "pass"), new(yarp, "gpt-4o-mini"), new(setting.Upstream, "gpt-4o-mini"));
    }

    private static async Task UpstreamAsync(Setting setting)
    {
        await using var wall = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI);
        var simulated = await Wrk.RunAsync(wall.Origin, "gpt-4o-mini", Connections, setting.Plan.Seconds);
        var direct = await Wrk.RunAsync(setting.Upstream.Origin, "gpt-4o-mini", Connections, setting.Plan.Seconds);
        setting.Results.Add("Requests per second, simulated provider", "/s", [simulated.PerSecond]);
        setting.Results.Add("Requests per second, upstream itself", "/s", [direct.PerSecond]);
    }

    private static async Task ThroughputAsync(Setting setting, Subject pass, Subject yarp, Subject translated)
    {
        var (plan, results) = (setting.Plan, setting.Results);
        await pass.WarmUpAsync(plan);
        await yarp.WarmUpAsync(plan);
        await translated.WarmUpAsync(plan);
        await setting.InRoundsAsync("Throughput", async () =>
        {
            await pass.MeasureThroughputAsync(Connections, plan.Seconds);
            await yarp.MeasureThroughputAsync(Connections, plan.Seconds);
            await translated.MeasureThroughputAsync(Connections, plan.Seconds);
        });
        results.Compare("Requests per second", "/s", pass.PerSecond, yarp.PerSecond, 0.8, atLeast: true, subject: "passed through");
        results.Compare("Requests per second", "/s", translated.PerSecond, yarp.PerSecond, 0.5, atLeast: true, subject: "translated");
        results.Compare("Processor time per request", "µs", pass.Cost, yarp.Cost, 1.2, subject: "passed through");
        results.Compare("Processor time per request", "µs", translated.Cost, yarp.Cost, 2, subject: "translated");
        results.Add("Latency with 32 clients, p99, passed through", "ms", pass.P99);
        results.Add("Latency with 32 clients, p99, YARP", "ms", yarp.P99);
        results.Add($"Memory after {pass.Requests + translated.Requests:N0} requests, gateway", "MB", [ProcessUsage.Megabytes(pass.Server.Id)]);
        results.Add($"Memory after {yarp.Requests:N0} requests, YARP", "MB", [ProcessUsage.Megabytes(yarp.Server.Id)]);
    }

    private static async Task LatencyAsync(Setting setting, Subject gateway, Subject yarp, Subject direct)
    {
        await setting.InRoundsAsync("Latency", async () =>
        {
            await direct.MeasureLatencyAsync(setting.Plan.Seconds);
            await gateway.MeasureLatencyAsync(setting.Plan.Seconds);
            await yarp.MeasureLatencyAsync(setting.Plan.Seconds);
        });
        setting.Results.CompareAdded("Latency with one client, p50", gateway.P50, yarp.P50, direct.P50, 1.3);
        setting.Results.CompareAdded("Latency with one client, p99", gateway.P99, yarp.P99, direct.P99, 1.5);
    }
}
