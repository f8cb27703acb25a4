using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI.Cli;

/// <summary>One process of a fleet: does what the drill says on standard input, tells on standard output, and ends when the input does.</summary>
internal sealed class DrillWorker(TextReader input, TextWriter output) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private FlexiClient? _client;

    public async Task RunAsync(CancellationToken cancelled)
    {
        // The next line is waited for while orders are carried out: the end of the input, which is the drill's, ends them.
        while (await input.ReadLineAsync(cancelled).ConfigureAwait(false) is { } line)
        {
            _ = ObeyAsync(JsonSerializer.Deserialize(line, FleetJson.Default.WorkerOrder)!);
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _client?.Dispose();
        _end.Dispose();
    }

    private async Task ObeyAsync(WorkerOrder order)
    {
        try
        {
            switch (order.Do)
            {
                case "start":
                    await StartAsync(order.Stage!).ConfigureAwait(false);
                    break;
                case "ask":
                    await Task.WhenAll(Enumerable.Range(0, order.Count).Select(_ => AskAsync())).ConfigureAwait(false);
                    break;
                default:
                    var status = Primary();
                    Tell(new WorkerLine("status")
                    {
                        State = status.CircuitBreaker.State,
                        RetryAfter = status.CircuitBreaker.RetryAfter ?? TimeSpan.Zero,
                        Epoch = status.Sharing!.Epoch,
                    });
                    break;
            }
        }
        catch (Exception e) when (!_end.IsCancellationRequested)
        {
            Tell(new WorkerLine("failed") { Message = e.Message });
        }
        catch (Exception)
        {
            // The drill is over and hears nothing any more.
        }
    }

    private async Task StartAsync(WorkerStage stage)
    {
        await WarmUpAsync(Options(stage)).ConfigureAwait(false);
        _client = new FlexiClient(Options(stage).ShareCircuits(redis =>
        {
            (redis.ConnectionString, redis.Scope) = (stage.Redis, stage.Scope);
            redis.Process = FormattableString.Invariant($"worker {stage.Worker}");

            // A drill shows what happens while Redis answers, and a busy machine must not pass for one that does not. Nothing of it is kept for long.
            (redis.Timeout, redis.TimeToLive) = (TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));
        }));
        _client.CircuitChanged += (_, transition) =>
            Tell(new WorkerLine("transition") { At = TimeProvider.System.GetTimestamp(), Transition = transition });
        for (var begin = TimeProvider.System.GetTimestamp(); !Primary().Sharing!.Connected;)
        {
            if (TimeProvider.System.GetElapsedTime(begin) > Patience)
            {
                throw new IOException(FormattableString.Invariant($"no Redis 7 or newer answered within {Patience.TotalSeconds} s."));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, _end.Token).ConfigureAwait(false);
        }

        Tell(new WorkerLine("ready"));
    }

    // The first call compiles the SDKs, which must not make one worker later than the others.
    private async Task WarmUpAsync(FlexiOptions options)
    {
        var client = new FlexiClient(options);
        await using var end = client.ConfigureAwait(false);
        foreach (var provider in client.GetProviderStatus())
        {
            client.SetPrimaryProvider(provider.Name);
            await client.GetResponseAsync("Are you there?", cancellationToken: _end.Token).ConfigureAwait(false);
        }
    }

    private async Task AskAsync()
    {
        var (provider, attempts) = await DrillRequests.AskAsync(_client!, "Hello", _end.Token).ConfigureAwait(false);
        Tell(new WorkerLine("request") { Provider = provider, Attempts = attempts, State = Primary().CircuitBreaker.State });
    }

    private ProviderStatus Primary() => _client!.GetProviderStatus()[0];

    private static FlexiOptions Options(WorkerStage stage)
    {
        var plan = DrillPlan.Create(FailoverMode.Immediate, fast: true) with
        {
            Timeout = stage.Timeout,
            RecoveryTimeout = stage.RecoveryTimeout,
            FailureThreshold = stage.FailureThreshold,
        };
        var options = DrillOptions.Create(plan, stage.PrimaryUrl, stage.BackupUrl);
        foreach (var provider in options.Providers)
        {
            // Each request is one failure, so that what is counted is what is seen.
            provider.MaxRetries = 0;
        }

        return options;
    }

    private void Tell(WorkerLine line)
    {
        lock (_gate)
        {
            output.WriteLine(JsonSerializer.Serialize(line, FleetJson.Default.WorkerLine));
            output.Flush();
        }
    }
}
