using System.Diagnostics;

namespace FlexiAI;

/// <summary>
/// The attempt loop: asks the providers in their order, each through its circuit, until one answers. It is generic over what is asked, so
/// that every kind of call runs through the same circuits, classification and statistics.
/// </summary>
internal sealed class FailoverLoop(ProviderSet providers, FailoverSettings settings, ClockPool clocks, FlexiTelemetry telemetry)
{
    // A timer may ring a little before the time that the circuit counts by.
    private static readonly TimeSpan TimerSlack = TimeSpan.FromMilliseconds(50);

    private readonly RetryRules _retries = new(settings);

    /// <summary>Runs one request. The answer's permit, clock and run are the caller's to settle and dispose.</summary>
    /// <exception cref="AllProvidersFailedException">No provider answered.</exception>
    /// <exception cref="ProviderException">The request is the caller's own fault.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public ValueTask<Answer<TResult>> RunAsync<TCall, TResult>(TCall call, CancellationToken caller)
        where TCall : struct, IProviderCall<TResult>
    {
        caller.ThrowIfCancellationRequested();
        var run = new RequestRun(clocks, telemetry, settings.RequestTimeout, caller);
        var sequence = providers.Sequence();

        // Most requests are answered by the first provider that they ask.
        return TryAskNext<TCall, TResult>(call, run, ref sequence, out var asked) && asked is { IsCompletedSuccessfully: true, Result: { } answer }
            ? new(answer)
            : GoOnAsync(call, asked, run, sequence);
    }

    private async ValueTask<Answer<TResult>> GoOnAsync<TCall, TResult>(
        TCall call, ValueTask<Answer<TResult>?> asked, RequestRun run, ProviderSequence sequence)
        where TCall : struct, IProviderCall<TResult>
    {
        var answered = false;
        try
        {
            do
            {
                if (await asked.ConfigureAwait(false) is { } answer)
                {
                    answered = true;
                    return answer;
                }
            }
            while (TryAskNext(call, run, ref sequence, out asked));

            throw new AllProvidersFailedException(run.Report.Attempts, providers.EarliestRetry(call.CanBeServedBy), run.LastFailure);
        }
        finally
        {
            if (!answered)
            {
                run.Dispose();
            }
        }
    }

    /// <summary>Asks the next provider that may be asked; false if there is none.</summary>
    private bool TryAskNext<TCall, TResult>(TCall call, RequestRun run, ref ProviderSequence sequence, out ValueTask<Answer<TResult>?> asked)
        where TCall : struct, IProviderCall<TResult>
    {
        while (sequence.Next() is { } provider)
        {
            if (!call.CanBeServedBy(provider))
            {
                continue;
            }

            if (run.IsOver || run.AttemptsMade >= settings.MaxAttempts || run.DeadlinePassed)
            {
                run.Skip(provider, SkipReason.NotReached);
                continue;
            }

            if (!provider.Circuit.TryEnter(provider.ProbeTimeout, out var permit, out var refusal))
            {
                run.Skip(provider, ReasonOf(refusal), refusal.RetryAfter);
                continue;
            }

            asked = AskAsync<TCall, TResult>(call, run, provider, permit, sequence);
            return true;
        }

        asked = default;
        return false;
    }

    /// <summary>One call at one provider, retries included: one permit, one verdict.</summary>
    private ValueTask<Answer<TResult>?> AskAsync<TCall, TResult>(
        TCall call, RequestRun run, Provider provider, CircuitPermit permit, ProviderSequence rest)
        where TCall : struct, IProviderCall<TResult>
    {
        var suspect = provider.Circuit.Failures > 0;
        var attempt = Begin<TCall, TResult>(call, run, provider, permit, out var asked);
        return asked is { IsCompletedSuccessfully: true, Result: { Failure: null } outcome }
            ? new(new Answer<TResult>(outcome.Result!, attempt))
            : RetryAsync(call, asked, attempt, suspect, rest);
    }

    private static AttemptScope Begin<TCall, TResult>(
        TCall call, RequestRun run, Provider provider, CircuitPermit permit, out ValueTask<Outcome<TResult>> asked)
        where TCall : struct, IProviderCall<TResult>
    {
        var (limit, what) = call.ClockFor(provider);
        var request = Activity.Current;
        var attempt = new AttemptScope(run, provider, permit, call.Operation, limit, what);
        try
        {
            HttpExchange.Current = attempt.Exchange;
            asked = call.InvokeAsync(attempt);
        }
        catch (Exception e)
        {
            asked = new(e);
        }

        if (attempt.IsTraced)
        {
            // The next attempt is the request's child, not this one's.
            Activity.Current = request;
        }

        return attempt;
    }

    private async ValueTask<Answer<TResult>?> RetryAsync<TCall, TResult>(
        TCall call, ValueTask<Outcome<TResult>> asked, AttemptScope attempt, bool suspect, ProviderSequence rest)
        where TCall : struct, IProviderCall<TResult>
    {
        var (run, provider, permit) = (attempt.Run, attempt.Provider, attempt.Permit);
        for (var tries = 1; ; tries++)
        {
            Outcome<TResult> outcome;
            try
            {
                outcome = await asked.ConfigureAwait(false);
            }
            catch (Exception e)
            {
                outcome = e;
            }

            if (outcome.Failure is null)
            {
                return new Answer<TResult>(outcome.Result!, attempt);
            }

            if (run.Caller.IsCancellationRequested)
            {
                permit.Neutral();
                attempt.Cancelled();
                throw new OperationCanceledException(run.Caller);
            }

            var failure = attempt.Failed(outcome.Failure);
            var wait = _retries.WaitBeforeRetry(failure, tries, provider.Options.MaxRetries);
            if (wait is null
                || !MayRetry<TCall, TResult>(call, permit, suspect, run, rest)
                || !run.HasTimeFor(wait.Value)
                || !await WaitAsync(wait.Value, provider, permit, run).ConfigureAwait(false))
            {
                // Asked before the verdict, which may be what opens the circuit.
                run.IsOver = !GoesOn(provider, permit, failure.Kind);
                permit.Failure(failure.Kind, failure.RetryAfter);
                return FailureTable.FailsOver(failure.Kind, settings.FailOverOnCallerFaults) ? null : throw failure.Exception;
            }

            attempt = Begin<TCall, TResult>(call, run, provider, permit, out asked);
        }
    }

    // A probe is one request on the wire; a suspect gets one while another provider can serve; and an untried provider comes before a retry.
    private bool MayRetry<TCall, TResult>(TCall call, CircuitPermit permit, bool suspect, RequestRun run, ProviderSequence rest)
        where TCall : struct, IProviderCall<TResult>
    {
        if (permit.IsProbe || run.DeadlinePassed)
        {
            return false;
        }

        // In the other mode a failure that may be retried goes on to nobody.
        var others = settings.Mode == FailoverMode.Immediate
            ? rest.Remaining().Count(provider => call.CanBeServedBy(provider) && provider.Circuit.WouldAdmit)
            : 0;
        return !(suspect && others > 0) && run.AttemptsMade + others < settings.MaxAttempts;
    }

    /// <summary>Waits before a retry, and says whether it may be made.</summary>
    private async ValueTask<bool> WaitAsync(TimeSpan wait, Provider provider, CircuitPermit permit, RequestRun run)
    {
        try
        {
            await Task.Delay(wait, clocks.Time, run.Token).ConfigureAwait(false);
            return StillAdmits(provider, permit);
        }
        catch (OperationCanceledException) when (run.Caller.IsCancellationRequested)
        {
            permit.Neutral();
            throw new OperationCanceledException(run.Caller);
        }
        catch (OperationCanceledException)
        {
            // The deadline: what the last try ended in is the verdict.
            return false;
        }
    }

    // Meanwhile other requests may have opened the circuit, or been told a time before which the provider is not to be called.
    private static bool StillAdmits(Provider provider, CircuitPermit permit)
    {
        var circuit = provider.Circuit.GetStatus();
        return circuit.Era == permit.Era && circuit.RetryAfter <= TimerSlack;
    }

    // By the guide's timeline a counted failure surfaces until the circuit is open; that of a probe, or of a call that other requests'
    // failures have overtaken, finds it open already.
    private bool GoesOn(Provider provider, CircuitPermit permit, FailureKind kind) =>
        settings.Mode == FailoverMode.Immediate
        || permit.IsProbe
        || !provider.Circuit.Counts(kind)
        || provider.Circuit.GetStatus().Era != permit.Era;

    private static SkipReason ReasonOf(CircuitRefusal refusal) => refusal.Reason switch
    {
        CircuitRefusalReason.Open => SkipReason.CircuitOpen,
        CircuitRefusalReason.ProbeInFlight => SkipReason.ProbeInFlight,
        CircuitRefusalReason.Throttled => SkipReason.Throttled,
        _ => SkipReason.Isolated,
    };
}
