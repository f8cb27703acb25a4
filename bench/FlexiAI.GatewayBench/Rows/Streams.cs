namespace FlexiAI.GatewayBench;

/// <summary>Streams: what each event costs, and how much later the first content comes.</summary>
internal static class Streams
{
    private const int Callers = 20;

    public static async Task RunAsync(Setting setting)
    {
        using var gateway = await setting.StartGatewayAsync();
        using var yarp = await setting.StartYarpAsync();
        await CostAsync(setting, new(gateway, "pass"), new(yarp, "gpt-4o-mini"));
        await FirstContentAsync(setting, new(gateway, "pass"), new(yarp, "gpt-4o-mini"), new(setting.Upstream, "gpt-4o-mini"));
    }

    private static async Task CostAsync(Setting setting, Subject gateway, Subject yarp)
    {
        var (ours, theirs) = (Requests.Stream("pass", 5, 5), Requests.Stream("gpt-4o-mini", 5, 5));
        await FlexiAI.GatewayBench.Callers.RunAsync(gateway.Server.Origin, ours, Callers, setting.Plan.WarmUp);
        await FlexiAI.GatewayBench.Callers.RunAsync(yarp.Server.Origin, theirs, Callers, setting.Plan.WarmUp);
        await setting.InRoundsAsync("Streams", async () =>
        {
            await gateway.MeasureStreamsAsync(ours, Callers, setting.Plan.Seconds);
            await yarp.MeasureStreamsAsync(theirs, Callers, setting.Plan.Seconds);
        });
        setting.Results.Compare("Processor time per event of a stream", "µs", gateway.Cost, yarp.Cost, 1.2);
    }

    // The upstream waits a little after the first content, so that what follows is not in its way.
    private static async Task FirstContentAsync(Setting setting, Subject gateway, Subject yarp, Subject direct)
    {
        var (ours, theirs) = (Requests.Stream("pass", 3, 0), Requests.Stream("gpt-4o-mini", 3, 0));
        await setting.InRoundsAsync("First content", async () =>
        {
            await direct.MeasureStreamsAsync(theirs, 1, setting.Plan.Seconds);
            await gateway.MeasureStreamsAsync(ours, 1, setting.Plan.Seconds);
            await yarp.MeasureStreamsAsync(theirs, 1, setting.Plan.Seconds);
        });
        setting.Results.CompareAdded("Time to the first content, p50", gateway.P50, yarp.P50, direct.P50, 1.2);
    }
}
