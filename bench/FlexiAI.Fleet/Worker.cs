using System.Diagnostics;
using System.Globalization;
using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Fleet;

/// <summary>One process of the fleet: asks as often as it is told, and says on its output what its circuit does.</summary>
internal sealed class Worker(WorkerSettings settings)
{
    private const int MostUnderWay = 16;

    private int _answered;
    private int _failed;
    private int _underWay;

    /// <summary>Says <c>ready</c>, asks from <c>go</c> to <c>stop</c>, and says how many were answered. Ends at once if the one who started it does.</summary>
    public async Task RunAsync(TextReader input, TextWriter output)
    {
        output = TextWriter.Synchronized(output);
        await using var client = new FlexiClient(new FlexiOptions
        {
            Providers = [Provider("primary", settings.Primary, 1), Provider("backup", settings.Backup, 2)],
            CircuitBreaker = { FailureThreshold = 3, RecoveryTimeout = settings.Recovery, HalfOpenMaxCalls = settings.Places },
        }.ShareCircuits(redis =>
        {
            (redis.ConnectionString, redis.Scope, redis.Process) = (settings.Redis, settings.Scope, settings.Name);
            (redis.LeaseTime, redis.Timeout, redis.Quorum) = (settings.Lease, settings.Timeout, settings.Quorum);
        }));
        client.CircuitChanged += (_, transition) => output.WriteLine($"{transition.Circuit} {transition.To} {Stopwatch.GetTimestamp()}");
        while (!client.GetProviderStatus("primary").Sharing!.Connected)
        {
            await Task.Delay(10);
        }

        await output.WriteLineAsync("ready");
        if (await input.ReadLineAsync() is null)
        {
            return;
        }

        using var stop = new CancellationTokenSource();
        var asking = AskAsync(client, stop.Token);
        if (await input.ReadLineAsync() is null)
        {
            return;
        }

        await stop.CancelAsync();
        await asking;
        await output.WriteLineAsync($"done {_answered} {_failed}");
    }

    /// <summary>Who made a request, and when, by the clock that all processes of the machine share.</summary>
    public static (string Name, long AskedAt) Parse(SimulatedRequest request) => request.Messages[^1].Text.Split(' ') is [var name, var at]
        ? (name, long.Parse(at, CultureInfo.InvariantCulture))
        : throw new FormatException("That request is no worker's.");

    private async Task AskAsync(FlexiClient client, CancellationToken stop)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1 / settings.Rate));
        while (!stop.IsCancellationRequested)
        {
            // A machine that is too slow for the rate asks less often, rather than fail by its own load.
            if (Volatile.Read(ref _underWay) < MostUnderWay)
            {
                Interlocked.Increment(ref _underWay);
                _ = AskOnceAsync(client);
            }

            await pace.WaitForNextTickAsync(CancellationToken.None);
        }

        while (Volatile.Read(ref _underWay) > 0)
        {
            await Task.Delay(10, CancellationToken.None);
        }
    }

    private async Task AskOnceAsync(FlexiClient client)
    {
        try
        {
            await client.GetResponseAsync(string.Create(CultureInfo.InvariantCulture, $"{settings.Name} {Stopwatch.GetTimestamp()}"));
            Interlocked.Increment(ref _answered);
        }
        catch (Exception e)
        {
            if (Interlocked.Increment(ref _failed) == 1)
            {
                await Console.Error.WriteLineAsync($"{settings.Name}: {e.Message}");
            }
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private static OpenAICompatibleProvider Provider(string name, string url, int priority) =>
        new() { Name = name, BaseUrl = url, Model = "m", Priority = priority, MaxRetries = 0, ConnectTimeout = TimeSpan.FromMinutes(1) };
}
