using System.Globalization;
using FlexiAI;
using FlexiAI.Fleet;

if (WorkerSettings.Parse(args) is { } settings)
{
    await new Worker(settings).RunAsync(Console.In, Console.Out);
    return 0;
}

if (args is ["trouble", .. var names])
{
    return await TroubleReport.RunAsync(names is [var name] ? name : "", Console.Out);
}

if (args is not ["--redis", var redis, .. var rest])
{
    await Console.Error.WriteLineAsync("""
        Usage: dotnet run -c Release --project bench/FlexiAI.Fleet -- --redis host:port [repeats] [workers] [rate]
               dotnet run -c Release --project bench/FlexiAI.Fleet -- trouble [how an incident's name begins]
        """);
    return 2;
}

await using var fleet = await WorkerFleet.StartAsync(redis, (int)Number(1, 8), worker => worker with { Rate = Number(2, 200), Recovery = TimeSpan.FromSeconds(2) });
await Task.Delay(TimeSpan.FromSeconds(1));
Console.WriteLine(await TripTimes.MeasureAsync(fleet, (int)Number(0, 100)));
var (line, isGood) = await LongOutage.MeasureAsync(fleet, TimeSpan.FromSeconds(20));
Console.WriteLine(line);
var (answered, failed) = await fleet.StopAsync();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{answered:N0} requests answered, {failed:N0} failed"));
return isGood && failed == 0 ? 0 : 1;

double Number(int index, double otherwise) => rest.Length > index ? double.Parse(rest[index], CultureInfo.InvariantCulture) : otherwise;
