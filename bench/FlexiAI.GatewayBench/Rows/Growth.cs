namespace FlexiAI.GatewayBench;

/// <summary>What more providers cost each request.</summary>
internal static class Growth
{
    public static async Task RunAsync(Setting setting)
    {
        using var one = await StartAsync(setting, 1);
        using var ten = await StartAsync(setting, 10);
        using var hundred = await StartAsync(setting, 100);
        Subject[] subjects = [new(one, "auto"), new(ten, "auto"), new(hundred, "auto")];
        foreach (var subject in subjects)
        {
            await subject.WarmUpAsync(setting.Plan);
        }

        await setting.InRoundsAsync("Growth", async () =>
        {
            foreach (var subject in subjects)
            {
                await subject.MeasureThroughputAsync(32, setting.Plan.Seconds);
            }
        });
        setting.Results.Compare("Processor time per request", "µs", subjects[1].Cost, subjects[0].Cost, 1.2, peer: "1 provider", subject: "10 providers");
        setting.Results.Compare("Processor time per request", "µs", subjects[2].Cost, subjects[0].Cost, 1.2, peer: "1 provider", subject: "100 providers");
    }

    private static Task<ServerProcess> StartAsync(Setting setting, int count) =>
        GatewayConfig.StartAsync($"gateway of {count}", setting.Config.Many(setting.Upstream.Origin, count));
}
