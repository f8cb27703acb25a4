using System.Diagnostics;

namespace FlexiAI;

/// <summary>Makes one call at one provider, retries included: one permit, one verdict.</summary>
internal sealed class ProviderCaller(FailoverSettings settings, ClockPool clocks)
{
    // A timer may ring a little before the time that the circuit counts by.
    private static readonly TimeSpan TimerSlack = TimeSpan.FromMilliseconds(50);

    private readonly RetryRules _retries = new(settings);

    /// <summary>Asks. Null is a failure after which the next provider may be asked.</summary>
    /// <param name="call">What is asked.</param>
    /// <param name="run">The request.</param>
    /// <param name="provider">Who is asked.</param>
    /// <param name="permit">The circuit's leave to ask it.</param>
    /// <param name="rest">Who could be asked next.</param>
    /// <param name="lane">Ends the call alone; the request's token where it is the only one under way.</param>
    public ValueTask<Answer<TResult>?> AskAsync<TCall, TResult>(
        TCall call, RequestRun run, Provider provider, CircuitPermit permit, ProviderSequence rest, CancellationToken lane)
        where TCall : struct, IProviderCall<TResult>
    {
        var suspect = provider.Circuit.Failures > 0;
        var attempt = Begin<TCall, TResult>(call, run, provider, permit, lane, out var asked);
        return asked is { IsCompletedSuccessfully: true, Result: { Failure: null } outcome }
            ? new(new Answer<TResult>(outcome.Result!, attempt))
            : RetryAsync(call, asked, attempt, suspect, rest, lane);
    }

    private static AttemptScope Begin<TCall, TResult>(
        TCall call, RequestRun run, Provider provider, CircuitPermit permit, CancellationToken lane, out ValueTask<Outcome<TResult>> asked)
        where TCall : struct, IProviderCall<TResult>
    {
        var (limit, what) = call.ClockFor(provider);
        var request = Activity.Current;
        var attempt = new AttemptScope(run, provider, permit, call.Operation, limit, what, lane);
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
        TCall call, ValueTask<Outcome<TResult>> asked, AttemptScope attempt, bool suspect, ProviderSequence rest, CancellationToken lane)
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

            if (lane.IsCancellationRequested && !run.DeadlinePassed)
            {
                // Another provider's content came first.
                permit.Neutral();
                attempt.Cancelled();
                return null;
            }

            var failure = attempt.Failed(outcome.Failure);
            if (call.HasAnotherWay(provider, failure.Kind) && run.Attempts < settings.MaxAttempts && !run.DeadlinePassed)
            {
                tries--;
            }
            else if (!await MayRetryAsync<TCall, TResult>(call, attempt, failure, tries, suspect, rest, lane).ConfigureAwait(false))
            {
                // Asked before the verdict, which may be what opens the circuit.
                run.IsOver |= !GoesOn(provider, permit, failure.Kind);
                permit.Failure(failure.Kind, failure.RetryAfter);
                return !call.EndsWithCallerFault || FailureTable.FailsOver(failure.Kind, settings.FailOverOnCallerFaults) ? null : throw failure.Exception;
            }

            attempt = Begin<TCall, TResult>(call, run, provider, permit, lane, out asked);
        }
    }

    /// <summary>Waits as long as is proper, and says whether the provider may then be asked again.</summary>
    private async ValueTask<bool> MayRetryAsync<TCall, TResult>(
        TCall call, AttemptScope attempt, FailureReport failure, int tries, bool suspect, ProviderSequence rest, CancellationToken lane)
        where TCall : struct, IProviderCall<TResult>
    {
        var run = attempt.Run;
        return _retries.WaitBeforeRetry(failure, tries, attempt.Provider.Options.MaxRetries) is { } wait
            && HasRoom<TCall, TResult>(call, attempt.Permit, suspect, run, rest)
            && run.HasTimeFor(wait)
            && await WaitAsync(wait, attempt.Provider, attempt.Permit, run, lane).ConfigureAwait(false);
    }

    // A probe is one request on the wire; a suspect gets one while another provider can serve; and an untried provider comes before a retry.
    private bool HasRoom<TCall, TResult>(TCall call, CircuitPermit permit, bool suspect, RequestRun run, ProviderSequence rest)
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
        return !(suspect && others > 0) && run.Attempts + others < settings.MaxAttempts;
    }

    private async ValueTask<bool> WaitAsync(TimeSpan wait, Provider provider, CircuitPermit permit, RequestRun run, CancellationToken lane)
    {
        try
        {
            await Task.Delay(wait, clocks.Time, lane).ConfigureAwait(false);
            return StillAdmits(provider, permit);
        }
        catch (OperationCanceledException) when (run.Caller.IsCancellationRequested)
        {
            permit.Neutral();
            throw new OperationCanceledException(run.Caller);
        }
        catch (OperationCanceledException)
        {
            // The deadline, or another provider's content: what the last try ended in is the verdict.
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
}
