using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>One attempt under way: its clock, what the wire said, and the one way it ends.</summary>
internal sealed class AttemptScope
{
    private readonly AttemptSpan? _span;
    private readonly long _startedAt;

    public AttemptScope(RequestRun run, Provider provider, CircuitPermit permit, string operation, TimeSpan limit, string what, CancellationToken token)
    {
        Run = run;
        Provider = provider;
        Permit = permit;
        Exchange = provider.Options.UsesHttp ? new HttpExchange() : null;
        _span = run.Telemetry.AttemptBegins(run.Activity, provider, operation, run.Begin());
        _startedAt = run.Clocks.Now;
        Clock = run.Clocks.Take();
        Clock.Start(_startedAt, limit, what, token);
    }

    public RequestRun Run { get; }

    public Provider Provider { get; }

    /// <summary>The leave of the call that the attempt belongs to; settled once, by whoever ends that.</summary>
    public CircuitPermit Permit { get; set; }

    public AttemptClock Clock { get; }

    public HttpExchange? Exchange { get; }

    public CancellationToken Token => Clock.Token;

    /// <summary>The tokens that the provider has reported so far; null while unknown.</summary>
    public UsageDetails? Usage { get; set; }

    public bool IsTraced => _span?.Activity is not null;

    /// <summary>Lets the span say what was asked.</summary>
    public void Asks(ChatOptions? options, bool streamed = false)
    {
        if (_span?.Activity is { } activity)
        {
            AttemptTraces.Asked(activity, options, streamed);
        }
    }

    /// <summary>Lets the span say what the answer says of itself.</summary>
    public void IsAnswered(string? model, string? id = null, ChatFinishReason? finish = null)
    {
        if (_span?.Activity is { } activity)
        {
            AttemptTraces.Answered(activity, model, id, finish);
        }
    }

    /// <summary>The first content of a stream has come.</summary>
    public void FirstContent()
    {
        if (_span is not null)
        {
            Run.Telemetry.Attempts.FirstContent(Provider, _span.Operation, Elapsed);
        }
    }

    public void Succeeded()
    {
        var duration = Elapsed;
        Clock.Dispose();
        Provider.Statistics.Success(duration, Usage);
        Run.Answered(Provider, duration, Usage);
        if (_span is not null)
        {
            Tell(Attempt.Success(Provider.Name, Provider.Model, duration, Usage));
        }
    }

    public void Cancelled()
    {
        Provider.Statistics.Cancellation(Usage);
        End(AttemptOutcome.Cancelled);
    }

    /// <summary>Ends in a failure: of a clock if one rang, whatever the client threw on its account, and of the provider otherwise.</summary>
    public FailureReport Failed(Exception exception)
    {
        var cause = Run.DeadlinePassed ? Run.DeadlineFailure : Clock.HasRung ? Clock.Failure : exception;
        var failure = FailureReader.Read(Provider, cause, Exchange, Run.Clocks.Time.GetUtcNow());
        Provider.Statistics.Failure(failure.Kind, Usage);
        Run.LastFailure = failure.Exception;
        End(AttemptOutcome.Failure, failure);

        // Said at once, not with the verdict: other requests must leave the provider alone from now on.
        if (failure.RetryAfter is { } named)
        {
            Provider.Circuit.Throttle(named);
        }

        return failure;
    }

    private TimeSpan Elapsed => Run.Clocks.Time.GetElapsedTime(_startedAt);

    private void End(AttemptOutcome outcome, FailureReport? failure = null)
    {
        Clock.Dispose();
        var attempt = new Attempt
        {
            Provider = Provider.Name,
            Model = Provider.Model,
            Outcome = outcome,
            Kind = failure?.Kind,
            StatusCode = failure?.Exception.StatusCode,
            Reason = failure?.Exception.Reason,
            RetryAfter = failure?.RetryAfter,
            Duration = Elapsed,
            Usage = Usage,
        };
        Run.Ended(attempt);
        Tell(attempt);
    }

    private void Tell(Attempt attempt) => Run.Telemetry.AttemptEnded(_span, Provider, attempt, Exchange?.StatusCode);
}
