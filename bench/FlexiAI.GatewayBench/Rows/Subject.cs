namespace FlexiAI.GatewayBench;

/// <summary>One of those that are measured side by side, and what was measured of it in each round.</summary>
/// <param name="server">Its process.</param>
/// <param name="model">The model that it is asked for.</param>
internal sealed class Subject(ServerProcess server, string model)
{
    public ServerProcess Server => server;

    public List<double> PerSecond { get; } = [];

    /// <summary>Processor time per request or event, in microseconds.</summary>
    public List<double> Cost { get; } = [];

    public List<double> P50 { get; } = [];

    public List<double> P99 { get; } = [];

    public long Requests { get; private set; }

    /// <summary>Until the hot code is compiled as it stays, which takes requests as well as time.</summary>
    public async Task WarmUpAsync(Plan plan)
    {
        var (requests, runs) = (0L, 0);
        do
        {
            requests += (await Wrk.RunAsync(server.Origin, model, 32, plan.WarmUp)).Requests;
        }
        while (requests < plan.WarmUpRequests && ++runs < 4);
    }

    /// <summary>As many requests as it can take.</summary>
    public async Task MeasureThroughputAsync(int connections, int seconds)
    {
        var before = ProcessUsage.ProcessorSeconds(server.Id);
        var run = await Wrk.RunAsync(server.Origin, model, connections, seconds);
        PerSecond.Add(run.PerSecond);
        Cost.Add((ProcessUsage.ProcessorSeconds(server.Id) - before) * 1e6 / run.Requests);
        P50.Add(run.P50);
        P99.Add(run.P99);
        Requests += run.Requests;
    }

    /// <summary>One request after another.</summary>
    public async Task MeasureLatencyAsync(int seconds)
    {
        var run = await Wrk.RunAsync(server.Origin, model, 1, seconds);
        P50.Add(run.P50);
        P99.Add(run.P99);
    }

    /// <summary>Streams of which each event comes by itself.</summary>
    public async Task<CallerReport> MeasureStreamsAsync(string body, int callers, int seconds)
    {
        var before = ProcessUsage.ProcessorSeconds(server.Id);
        var report = await Callers.RunAsync(server.Origin, body, callers, seconds);
        Cost.Add((ProcessUsage.ProcessorSeconds(server.Id) - before) * 1e6 / report.Events);
        P50.Add(Numbers.Percentile(report.First, 0.5));
        return report.Broken == 0 ? report
            : throw new InvalidOperationException($"{report.Broken} of {report.Broken + report.Complete} streams of {server.Name} broke: {report.Problem}");
    }
}
