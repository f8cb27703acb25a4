using System.Diagnostics;
using System.Globalization;
using FlexiAI;
using FlexiAI.Fleet;

if (WorkerSettings.Parse(args) is { } settings)
{
    await new Worker(settings).RunAsync(Console.In, Console.Out);
    return 0;
}

if (args is not ["--redis", var redis, .. var rest])
{
    await Console.Error.WriteLineAsync("Usage: dotnet run -c Release --project bench/FlexiAI.Fleet -- --redis host:port [repeats] [workers] [rate]");
    return 2;
}

var repeats = Number(0, 20);
await using var fleet = await WorkerFleet.StartAsync(redis, Number(1, 8), worker => worker with { Rate = Number(2, 200) });
await Task.Delay(TimeSpan.FromSeconds(1));
List<double> times = [];
for (var i = 0; i < repeats; i++)
{
    var since = Stopwatch.GetTimestamp();
    fleet.Break();
    await UntilAsync(() => fleet.Workers.TrueForAll(worker => worker.OpenedAfter(since) is not null));
    var opened = fleet.Workers.ConvertAll(worker => worker.OpenedAfter(since)!.Value);
    times.Add(Stopwatch.GetElapsedTime(opened.Min(), opened.Max()).TotalMilliseconds);
    fleet.Heal();
    await UntilAsync(() => fleet.All(CircuitState.Closed));
    await Task.Delay(TimeSpan.FromMilliseconds(300));
}

var (answered, failed) = await fleet.StopAsync();
times.Sort();
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"first trip to all {fleet.Workers.Count} open, {repeats} times: p50 {At(0.5):0.0} ms, p99 {At(0.99):0.0} ms, longest {times[^1]:0.0} ms; {answered:N0} requests answered, {failed:N0} failed"));
return failed == 0 ? 0 : 1;

double At(double share) => times[(int)Math.Ceiling(share * times.Count) - 1];

int Number(int index, int otherwise) => rest.Length > index ? int.Parse(rest[index], CultureInfo.InvariantCulture) : otherwise;

static async Task UntilAsync(Func<bool> condition)
{
    for (var since = Stopwatch.GetTimestamp(); !condition(); await Task.Delay(5))
    {
        if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromMinutes(1))
        {
            throw new TimeoutException("The fleet does not do what it ought to.");
        }
    }
}
