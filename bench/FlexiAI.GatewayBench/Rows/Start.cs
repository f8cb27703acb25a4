namespace FlexiAI.GatewayBench;

/// <summary>How long it takes until a server answers, and what it holds while nobody asks. Listed, without a bar.</summary>
internal static class Start
{
    public static async Task RunAsync(Setting setting)
    {
        List<double>[] times = [[], []];
        List<double>[] memory = [[], []];
        await setting.InRoundsAsync("Start", async () =>
        {
            await MeasureAsync(await setting.StartGatewayAsync(), times[0], memory[0]);
            await MeasureAsync(await setting.StartYarpAsync(), times[1], memory[1]);
        });
        setting.Results.Add("Start until /healthz answers, gateway", "ms", times[0]);
        setting.Results.Add("Start until /healthz answers, YARP", "ms", times[1]);
        setting.Results.Add("Memory while idle, gateway", "MB", memory[0]);
        setting.Results.Add("Memory while idle, YARP", "MB", memory[1]);
    }

    private static async Task MeasureAsync(ServerProcess server, List<double> times, List<double> memory)
    {
        using (server)
        {
            times.Add(server.StartUp.TotalMilliseconds);
            await Task.Delay(TimeSpan.FromSeconds(1));
            memory.Add(ProcessUsage.Megabytes(server.Id));
        }
    }
}
