namespace FlexiAI.GatewayBench;

/// <summary>What every row has at hand.</summary>
/// <param name="Plan">How long to measure.</param>
/// <param name="Upstream">The upstream.</param>
/// <param name="Config">Makes configuration files of gateways.</param>
/// <param name="Results">Takes in what is measured.</param>
internal sealed record Setting(Plan Plan, ServerProcess Upstream, GatewayConfig Config, Results Results)
{
    public Task<ServerProcess> StartYarpAsync() =>
        ServerProcess.StartAsync("YARP", DotNet.This, port => ["yarp", $"{port}", Upstream.Origin]);

    public Task<ServerProcess> StartGatewayAsync() => GatewayConfig.StartAsync("gateway", Config.Plain(Upstream.Origin));

    /// <summary>Runs something in every round, and says so.</summary>
    public async Task InRoundsAsync(string what, Func<Task> measure)
    {
        for (var round = 1; round <= Plan.Rounds; round++)
        {
            Console.WriteLine($"{what}, round {round} of {Plan.Rounds}");
            await measure();
        }
    }
}
