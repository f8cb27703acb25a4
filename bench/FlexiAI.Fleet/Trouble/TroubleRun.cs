using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace FlexiAI.Fleet;

/// <summary>One incident while the primary provider is out, as the fleet's requests saw it.</summary>
/// <param name="Requests">How many were made.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="P99">What one in a hundred exceeds.</param>
/// <param name="Slowest">The slowest of them.</param>
/// <param name="Agreed">How long it took after the end until all knew what Redis holds; null if nothing is shared.</param>
internal sealed record TroubleRun(int Requests, int Failed, TimeSpan P99, TimeSpan Slowest, TimeSpan? Agreed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(4);

    /// <param name="incident">What happens to Redis; null if nothing is shared.</param>
    /// <param name="scope">The fleet's own name.</param>
    public static async Task<TroubleRun> MakeAsync(Incident? incident, string scope)
    {
        await using var fleet = await TroubledFleet.StartAsync(incident?.Endpoints, scope);
        await UntilAsync(() => Task.FromResult(fleet.IsConnected()), "all are connected");
        fleet.Ask();

        // The first requests of a process compile the code that they run.
        await Task.Delay(1_000);
        fleet.Forget();
        fleet.Break();
        await UntilAsync(() => Task.FromResult(fleet.All(CircuitState.Open)), "all are open");
        await OccurAsync(incident);
        var ended = Stopwatch.GetTimestamp();
        var agreed = await EndAsync(fleet, incident, scope);
        if (Stopwatch.GetElapsedTime(ended) is var passed && passed < Lasts / 2)
        {
            await Task.Delay((Lasts / 2) - passed);
        }

        fleet.Heal();
        await UntilAsync(() => Task.FromResult(fleet.All(CircuitState.Closed)), "all are closed");
        if (incident is not null)
        {
            await UntilAsync(() => AgreesAsync(fleet, incident, scope), "all know at last what Redis holds");
        }

        await fleet.StopAsync();
        var times = fleet.Times.Order().ToList();
        return new TroubleRun(times.Count, fleet.Failed, times[(int)(times.Count * 0.99)], times[^1], agreed);
    }

    // Long enough for several recoveries to be tested in vain.
    private static async Task OccurAsync(Incident? incident)
    {
        var since = Stopwatch.GetTimestamp();
        for (var isFirst = true; Stopwatch.GetElapsedTime(since) < Lasts; isFirst = false)
        {
            if (incident is not null && (isFirst || incident.IsRepeated))
            {
                await incident.StrikeAsync();
            }

            await Task.Delay(300);
        }
    }

    private static async Task<TimeSpan?> EndAsync(TroubledFleet fleet, Incident? incident, string scope)
    {
        if (incident is null)
        {
            return null;
        }

        var since = Stopwatch.GetTimestamp();
        await incident.HealAsync();
        await UntilAsync(() => AgreesAsync(fleet, incident, scope), "all know what Redis holds");
        return Stopwatch.GetElapsedTime(since);
    }

    private static async Task<bool> AgreesAsync(TroubledFleet fleet, Incident incident, string scope)
    {
        try
        {
            return fleet.Agrees((long)await incident.Truth.HashGetAsync(TroubledFleet.KeyOf(scope), "epoch"));
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        for (var since = Stopwatch.GetTimestamp(); !await condition(); await Task.Delay(5))
        {
            if (Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"Not within {Patience.TotalSeconds} s: {what}."));
            }
        }
    }
}
