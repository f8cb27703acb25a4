using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using static FlexiAI.Listening;

namespace FlexiAI;

/// <summary>
/// What a client tells the world: metrics and traces under the name <see cref="Name"/>, and the log. Nothing that a listener does, least of
/// all throw, changes the outcome of a request.
/// </summary>
internal sealed class FlexiTelemetry : IDisposable
{
    public const string Name = "FlexiAI";

    private readonly ILogger _log;
    private readonly Meter _meter;
    // Null where a listener threw when it was shown the instrument.
    private readonly Counter<long>? _requests;
    private readonly Counter<long>? _transitions;

    public FlexiTelemetry(ILogger log, IMeterFactory? meters, Func<IReadOnlyList<Provider>> providers)
    {
        _log = new SafeLogger(log);
        _meter = meters?.Create(Name) ?? new Meter(Name);
        _requests = Safely(static m => m.CreateCounter<long>("flexiai.requests", "{request}", "Requests that ended, by outcome."), _meter);
        Attempts = new AttemptMeters(_meter);
        _transitions = Safely(
            static m => m.CreateCounter<long>("flexiai.circuit.transitions", "{transition}", "Changes of state of circuits."), _meter);
        Safely(
            static made => made._meter.CreateObservableGauge(
                "flexiai.circuit.state",
                () => made.providers().Select(
                    provider => new Measurement<int>((int)provider.Circuit.GetStatus().State, Tag("flexiai.provider", provider.Name))),
                description: "State of each circuit: 0 closed, 1 open, 2 half-open, 3 isolated."),
            (_meter, providers));
        Safely(
            static made => made._meter.CreateObservableGauge(
                "flexiai.circuit.shared",
                () => made.providers().Where(provider => provider.Share is not null).Select(
                    provider => new Measurement<int>(provider.Share!.GetStatus().Connected ? 1 : 0, Tag("flexiai.provider", provider.Name))),
                description: "Whether each shared circuit reaches the other processes: 1 yes, 0 it goes by itself."),
            (_meter, providers));
    }

    public AttemptMeters Attempts { get; }

    /// <summary>An attempt begins. Null, which costs nothing, where nobody listens.</summary>
    /// <param name="request">The request's span; null where nobody traces it.</param>
    /// <param name="provider">Who is asked.</param>
    /// <param name="operation">What is asked, by the conventions.</param>
    /// <param name="number">Which of the request's attempts it is, from 1.</param>
    public AttemptSpan? AttemptBegins(Activity? request, Provider provider, string operation, int number) =>
        Traces.Source.HasListeners() || Attempts.Wanted
            ? new AttemptSpan(AttemptTraces.Start(request, provider, operation, number), operation)
            : null;

    public void AttemptEnded(AttemptSpan? span, Provider provider, Attempt attempt, int? status)
    {
        if (span?.Activity is { } activity)
        {
            AttemptTraces.Ended(activity, attempt, status);
        }

        if (span is not null)
        {
            Attempts.Ended(provider, span.Operation, attempt);
        }

        if (attempt.Outcome == AttemptOutcome.Failure)
        {
            Log.AttemptFailed(_log, provider.Name, attempt.Kind!.Value, attempt.StatusCode, Log.Line(attempt.Reason!), attempt.Duration.TotalMilliseconds);
        }
    }

    public void RequestEnded(Activity? activity, string outcome, Exception? failure = null)
    {
        if (activity is not null)
        {
            Traces.RequestEnded(activity, outcome, failure);
        }

        if (_requests is { Enabled: true })
        {
            Safely(static m => Count(m._requests, new TagList { Tag("flexiai.outcome", m.outcome) }), (_requests, outcome));
        }

        if (failure is AllProvidersFailedException all)
        {
            Log.AllProvidersFailed(_log, all.Attempts.Count, all.RetryAfter?.TotalSeconds);
        }
    }

    public void Dispose() => _meter.Dispose();

    public void CircuitChanged(CircuitTransition transition)
    {
        var tags = new TagList
        {
            Tag("flexiai.provider", transition.Circuit),
            Tag("flexiai.circuit.from", transition.From.ToString()),
            Tag("flexiai.circuit.to", transition.To.ToString()),
            Tag("flexiai.circuit.cause", transition.Cause.ToString()),
        };
        Safely(static m => Count(m._transitions, m.tags), (_transitions, tags));
        Log.CircuitChanged(
            _log,
            transition.To is CircuitState.Open or CircuitState.Isolated ? LogLevel.Warning : LogLevel.Information,
            transition.Circuit,
            transition.From,
            transition.To,
            transition.Cause,
            transition.FailureKind,
            transition.RetryAfter?.TotalSeconds);
    }

    private static int Count(Counter<long>? counter, TagList tags)
    {
        counter?.Add(1, tags);
        return 0;
    }
}
