namespace FlexiAI.GatewayBench;

/// <summary>A thousand streams at once: the memory that they take, and whether each comes to its end.</summary>
internal static class Crowd
{
    private const int Size = 1000;

    public static async Task RunAsync(Setting setting)
    {
        List<double> ours = [];
        List<double> theirs = [];
        var complete = 0;
        var rounds = Math.Min(3, setting.Plan.Rounds);
        for (var round = 1; round <= rounds; round++)
        {
            // A peak is a process's own, for good: each round has new ones.
            Console.WriteLine($"{Size} streams, round {round} of {rounds}");
            complete += await MeasureAsync(await setting.StartGatewayAsync(), "pass", ours);
            await MeasureAsync(await setting.StartYarpAsync(), "gpt-4o-mini", theirs);
        }

        setting.Results.Compare($"Peak memory, {Size:N0} streams at once", "MB", ours, theirs, 1.3);
        setting.Results.Add(new Bar(
            $"Of {Size:N0} streams at once, complete", "all", $"{complete / rounds:N0}", $"{Size:N0}", (double)complete / rounds / Size, 1, AtLeast: true));
    }

    private static async Task<int> MeasureAsync(ServerProcess server, string model, List<double> peaks)
    {
        using (server)
        {
            var report = await Callers.RunAsync(server.Origin, Requests.Stream(model, 900, 30), Size, 0);
            peaks.Add(ProcessUsage.PeakMegabytes(server.Id));
            Console.WriteLine($"  {server.Name}: {report.Complete} complete, {report.Broken} broken {report.Problem}, peak {peaks[^1]:0} MB");
            return report.Complete;
        }
    }
}
