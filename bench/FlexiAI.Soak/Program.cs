using System.Diagnostics;
using FlexiAI.Soak;

if (SoakOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync("Usage: dotnet run -c Release --project bench/FlexiAI.Soak -- [--seconds 60] [--rate 1000]");
    return 2;
}

await using var fleet = await Fleet.StartAsync();
var callers = new Callers(fleet.Client, options.Rate);
var person = new Operator(fleet);

await StormAsync(options.WarmUp);
var before = await Footprint.MeasureAsync();
await StormAsync(TimeSpan.FromSeconds(options.Seconds));
var after = await Footprint.MeasureAsync(before);

string[] problems = [.. after.GrownFrom(before), .. Verdict.OfStatistics(fleet, callers), .. await Verdict.OfPermitsAsync(fleet, person)];
foreach (var problem in problems)
{
    await Console.Error.WriteLineAsync($"soak: {problem}");
}

Console.WriteLine(
    $"soak {(problems.Length == 0 ? "passed" : "FAILED")}: {options.Seconds} s, {callers.Sent:N0} requests ({callers.Answered:N0} answered, {callers.Failed:N0} failed, "
    + $"{callers.Cancelled:N0} cancelled), {person.Transitions:N0} transitions, {person.Resets} resets; memory {after.Bytes - before.Bytes:+#,0;-#,0;0} bytes, "
    + $"handles {after.Handles - before.Handles:+0;-0;0}, threads {after.Threads - before.Threads:+0;-0;0}; longest recovery {person.LongestRecovery} looks");
return problems.Length == 0 ? 0 : 1;

async Task StormAsync(TimeSpan time)
{
    using var over = new CancellationTokenSource();
    var work = person.WorkAsync(over.Token);
    await callers.SendAsync(time);
    await over.CancelAsync();
    await work;
    for (var watch = Stopwatch.StartNew(); callers.UnderWay > 0 && watch.Elapsed < TimeSpan.FromSeconds(30);)
    {
        await Task.Delay(50);
    }
}
