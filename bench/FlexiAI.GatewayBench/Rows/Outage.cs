namespace FlexiAI.GatewayBench;

/// <summary>A primary that fails: what callers notice of it once its circuit is open, and what a silent one costs them before.</summary>
internal static class Outage
{
    private const int Clients = 8;

    // Half of the silent primary's clock, which is one second.
    private const double Slow = 500;

    public static async Task RunAsync(Setting setting)
    {
        using var server = await GatewayConfig.StartAsync("gateway", setting.Config.Outage(setting.Upstream.Origin));
        await DownAsync(setting, new(server, "healthy"), new(server, "down"));
        await SilentAsync(setting, server);
    }

    private static async Task DownAsync(Setting setting, Subject healthy, Subject down)
    {
        await healthy.WarmUpAsync(setting.Plan);

        // Within this the circuit opens.
        await down.WarmUpAsync(setting.Plan);
        await setting.InRoundsAsync("Primary down", async () =>
        {
            await healthy.MeasureThroughputAsync(Clients, setting.Plan.Seconds);
            await down.MeasureThroughputAsync(Clients, setting.Plan.Seconds);
        });
        var results = setting.Results;
        results.Compare("Requests per second, 8 clients", "/s", down.PerSecond, healthy.PerSecond, 0.9, atLeast: true, peer: "all healthy", subject: "primary down");
        results.Compare("Latency p50, 8 clients", "ms", down.P50, healthy.P50, 1 / 0.9, peer: "all healthy", subject: "primary down");
        results.Compare("Latency p99, 8 clients", "ms", down.P99, healthy.P99, 1 / 0.9, peer: "all healthy", subject: "primary down");
    }

    private static async Task SilentAsync(Setting setting, ServerProcess server)
    {
        Console.WriteLine("Primary silent");
        var report = await Callers.RunAsync(server.Origin, Requests.Whole("silent"), Clients, setting.Plan.Seconds + 2);
        var slow = report.First.Count(milliseconds => milliseconds > Slow);
        setting.Results.Add("Requests while the primary is silent, in all", "", [report.Complete]);
        setting.Results.Add("Requests that failed while it is", "", [report.Broken]);
        setting.Results.Add(new Bar(
            "A silent primary's clock of 1 s, paid by each of 8 clients", $"{report.Complete:N0} requests", $"{slow} in all", "once each", (double)slow / Clients, 1, "per client"));
    }
}
