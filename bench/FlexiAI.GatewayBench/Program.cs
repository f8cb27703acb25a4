using System.Globalization;
using FlexiAI.GatewayBench;

switch (args)
{
    case ["upstream", var port]:
        await Upstream.RunAsync(Whole(port));
        return 0;
    case ["yarp", var port, var upstream]:
        await YarpServer.RunAsync(Whole(port), upstream);
        return 0;
    case ["callers", var url, var body, var callers, var seconds]:
        await Callers.AskAsync(url, body, Whole(callers), Whole(seconds));
        return 0;
}

(string Name, Func<Setting, Task> Run)[] rows =
[
    ("start", Start.RunAsync), ("whole", WholeReplies.RunAsync), ("streams", Streams.RunAsync), ("crowd", Crowd.RunAsync), ("outage", Outage.RunAsync),
    ("growth", Growth.RunAsync),
];
var quick = args.Contains("--quick");
var only = args.SkipWhile(arg => arg != "--only").Skip(1).FirstOrDefault();
string[] rest = [.. args.Where(arg => arg is not ("--quick" or "--only") && arg != only)];
if (rest.Length > 0 || (args.Contains("--only") && !rows.Any(row => row.Name == only)))
{
    await Console.Error.WriteLineAsync(
        $"Usage: dotnet run -c Release --project bench/FlexiAI.GatewayBench [-- [--quick] [--only {string.Join('|', rows.Select(row => row.Name))}]]");
    return 2;
}

try
{
    Wrk.ThrowIfMissing();
    return await MeasureAsync();
}
catch (InvalidOperationException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

async Task<int> MeasureAsync()
{
    var (date, load) = (TimeProvider.System.GetUtcNow(), ResultFiles.Load());
    var results = new Results();
    results.Notes.Add("The upstream sends again, byte for byte, what the simulated provider of FlexiAI.Testing answered once: that one makes each answer anew and keeps "
        + "every request, so that it would be what is measured. What it can serve by itself is among the figures.");
    results.Notes.Add("What is added is the difference of medians: with the gateway or YARP, less the upstream asked directly. All processes collect garbage by the workstation's rules.");
    using var config = new GatewayConfig();
    using var upstream = await ServerProcess.StartAsync("upstream", DotNet.This, port => ["upstream", $"{port}"]);
    var setting = new Setting(quick ? Plan.Quick : Plan.Full, upstream, config, results);
    foreach (var (name, run) in rows.Where(row => only is null || row.Name == only))
    {
        try
        {
            await run(setting);
        }
        catch (InvalidOperationException e)
        {
            // The other rows are worth having all the same.
            await Console.Error.WriteLineAsync($"{name}: {e.Message}");
            results.Notes.Add($"**The row `{name}` failed:** {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    if (only is not null)
    {
        return 0;
    }

    var folder = Path.Combine(DotNet.Root, "bench");
    ResultFiles.Write(results, $"dotnet run -c Release --project bench/FlexiAI.GatewayBench{(quick ? " -- --quick" : "")}", date, load, folder);
    Console.WriteLine($"{results.Bars.Count(bar => bar.Met)} of {results.Bars.Count} bars met; written to {folder}");
    return 0;
}

static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);
