using Microsoft.Extensions.AI;

namespace FlexiAI.Cli;

/// <summary>Runs the engine through an incident, request by request, on virtual time.</summary>
internal sealed class IncidentRun : IDisposable
{
    private const int ArrivalsPurpose = -1;
    private const int EnginePurpose = -2;

    private readonly VirtualTime _time = new();
    private readonly Incident _incident;
    private readonly List<string> _names;
    private readonly FlexiClient _client;
    private readonly RunLog _log;
    private Draws _arrivals;
    private Draws _engine;
    private int _underWay;
    private Exception? _surprise;

    private IncidentRun(Incident incident, Cast cast)
    {
        _incident = incident;
        _names = cast.Names;
        _log = new RunLog(_names.Count);
        _arrivals = Draws.For(incident.Seed, ArrivalsPurpose);
        _engine = Draws.For(incident.Seed, EnginePurpose);
        _client = new FlexiClient(cast.CreateOptions(incident, _time, _log, () => _engine.Next()), timeProvider: _time);
    }

    /// <summary>Runs it on a thread of its own, which has no synchronization context.</summary>
    public static Task<RunLog> StartAsync(Incident incident, Cast cast, CancellationToken cancelled)
    {
        var ending = new TaskCompletionSource<RunLog>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                using var run = new IncidentRun(incident, cast);
                ending.SetResult(run.Run(cancelled));
            }
            catch (Exception e)
            {
                ending.SetException(e);
            }
        })
        {
            IsBackground = true,
            Name = "flexiai simulate",
        };
        thread.UnsafeStart();
        return ending.Task;
    }

    public void Dispose() => _client.Dispose();

    private RunLog Run(CancellationToken cancelled)
    {
        AwaitNext(TimeSpan.Zero);
        _time.Run(Look, cancelled);
        return _underWay == 0 && _log.AttemptsUnderWay == 0 ? _log : throw new InvalidOperationException("A request or an attempt has no end.");
    }

    // Each arrival sets the timer for the next.
    private void AwaitNext(TimeSpan after)
    {
        var gap = _incident.Arrivals.IsPoisson ? -Math.Log(1 - _arrivals.Next()) : 1;
        var wait = TimeSpan.FromSeconds(gap / _incident.Arrivals.Rate);
        if (after + wait < _incident.Duration)
        {
            _ = _time.CreateTimer(_ => Arrive(), state: null, wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void Arrive()
    {
        AwaitNext(_time.Now);
        _underWay++;
        _ = AskAsync(_log.Arrived(_time.Now));
    }

    private async Task AskAsync(int number)
    {
        try
        {
            var message = new ChatMessage(ChatRole.User, "A question.") { RawRepresentation = new RequestUnderWay(number, _names.Count) };
            var by = -1;
            try
            {
                var response = await _client.GetResponseAsync([message]).ConfigureAwait(false);
                by = _names.IndexOf(response.Provider!);
            }
            catch (Exception e) when (e is AllProvidersFailedException or ProviderException)
            {
                // Its caller has no answer: one of the things that are counted here.
            }

            _time.ThrowUnlessOwnThread();
            _log.Ended(number, _time.Now, by);
            _underWay--;
        }
        catch (Exception e)
        {
            _surprise ??= e;
        }
    }

    private void Look()
    {
        if (_surprise is not null)
        {
            throw new InvalidOperationException($"The simulation went wrong: {_surprise.Message}", _surprise);
        }

        var i = 0;
        foreach (var status in _client.GetProviderStatus())
        {
            _log.Circuits[i++].Look(_time.Now, status.CircuitBreaker);
        }
    }
}
