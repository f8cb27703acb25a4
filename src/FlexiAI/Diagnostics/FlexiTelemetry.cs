using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace FlexiAI;

/// <summary>
/// What a client tells the world: metrics and traces under the name <see cref="Name"/>, and the log. Nothing that a listener does, least of
/// all throw, changes the outcome of a request.
/// </summary>
internal sealed class FlexiTelemetry : IDisposable
{
    public const string Name = "FlexiAI";

    private static readonly ActivitySource Source = new(Name);

    private readonly ILogger _log;
    private readonly Meter _meter;
    // Null where a listener threw when it was shown the instrument.
    private readonly Counter<long>? _requests;
    private readonly Counter<long>? _attempts;
    private readonly Histogram<double>? _attemptDuration;
    private readonly Counter<long>? _transitions;

    public FlexiTelemetry(ILogger log, IMeterFactory? meters, Func<IReadOnlyList<Provider>> providers)
    {
        _log = new SafeLogger(log);
        _meter = meters?.Create(Name) ?? new Meter(Name);
        _requests = Safely(static m => m.CreateCounter<long>("flexiai.requests", "{request}", "Requests that ended, by outcome."), _meter);
        _attempts = Safely(
            static m => m.CreateCounter<long>("flexiai.attempts", "{attempt}", "Attempts at providers, by outcome and kind of failure."), _meter);
        _attemptDuration = Safely(static m => m.CreateHistogram<double>("flexiai.attempt.duration", "s", "Time that an attempt took."), _meter);
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

    /// <summary>Whether anybody counts attempts.</summary>
    public bool WantsAttempts => _attempts is { Enabled: true } || _attemptDuration is { Enabled: true };

    public static Activity? StartRequest(string operation) =>
        Source.HasListeners() ? Safely(static name => Source.StartActivity($"flexiai {name}"), operation) : null;

    public static Activity? StartAttempt(Provider provider, string operation) => Source.HasListeners()
        ? Safely(
            static call => Source.StartActivity($"{call.operation} {call.provider.Model}", ActivityKind.Client)
                ?.SetTag("gen_ai.operation.name", call.operation)
                .SetTag("gen_ai.provider.name", call.provider.Options.Type)
                .SetTag("gen_ai.request.model", call.provider.Model)
                .SetTag("flexiai.provider", call.provider.Name),
            (provider, operation))
        : null;

    public void AttemptEnded(Activity? activity, Provider provider, Attempt attempt)
    {
        if (activity is not null)
        {
            Safely(
                static ended =>
                {
                    ended.activity.SetTag("gen_ai.usage.input_tokens", ended.attempt.Usage?.InputTokenCount)
                        .SetTag("gen_ai.usage.output_tokens", ended.attempt.Usage?.OutputTokenCount);
                    if (ended.attempt.Kind is { } kind)
                    {
                        ended.activity.SetTag("error.type", kind.ToString()).SetTag("http.response.status_code", ended.attempt.StatusCode);
                        ended.activity.SetStatus(ActivityStatusCode.Error, ended.attempt.Reason);
                    }

                    ended.activity.Stop();
                    return 0;
                },
                (activity, attempt));
        }

        if (WantsAttempts)
        {
            var tags = new TagList { Tag("flexiai.provider", provider.Name), Tag("flexiai.outcome", attempt.Outcome.ToString()) };
            if (attempt.Kind is { } kind)
            {
                tags.Add(Tag("error.type", kind.ToString()));
            }

            Safely(static m => Count(m._attempts, m.tags), (_attempts, tags));
            Safely(static m => Record(m._attemptDuration, m.attempt.Duration.TotalSeconds, m.tags), (_attemptDuration, attempt, tags));
        }

        if (attempt.Outcome == AttemptOutcome.Failure)
        {
            Log.AttemptFailed(_log, provider.Name, attempt.Kind!.Value, attempt.StatusCode, attempt.Reason!, attempt.Duration.TotalMilliseconds);
        }
    }

    public void RequestEnded(Activity? activity, string outcome, Exception? failure = null)
    {
        if (activity is not null)
        {
            Safely(
                static ended =>
                {
                    ended.activity.SetTag("flexiai.outcome", ended.outcome);
                    if (ended.failure is not null)
                    {
                        ended.activity.SetStatus(ActivityStatusCode.Error, ended.failure.Message);
                    }

                    ended.activity.Stop();
                    return 0;
                },
                (activity, outcome, failure));
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

    private static int Record(Histogram<double>? histogram, double value, TagList tags)
    {
        histogram?.Record(value, tags);
        return 0;
    }

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);

    private static TResult? Safely<TState, TResult>(Func<TState, TResult> tell, TState state)
    {
        try
        {
            return tell(state);
        }
        catch (Exception)
        {
            // The listener's own failure.
            return default;
        }
    }
}
