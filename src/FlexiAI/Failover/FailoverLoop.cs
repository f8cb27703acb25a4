namespace FlexiAI;

/// <summary>
/// The attempt loop: asks the providers in their order, each through its circuit, until one answers. It is generic over what is asked, so
/// that every kind of call runs through the same circuits, classification and statistics.
/// </summary>
internal sealed class FailoverLoop(RequestSetups setups)
{
    /// <summary>Runs one request. The answer's permit, clock and run are the caller's to settle and dispose.</summary>
    /// <param name="call">What is asked.</param>
    /// <param name="caller">Ends the request.</param>
    /// <param name="route">Who may be asked, and in which order; null for all by priority.</param>
    /// <exception cref="AllProvidersFailedException">No provider answered.</exception>
    /// <exception cref="ProviderException">The request is the caller's own fault.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public ValueTask<Answer<TResult>> RunAsync<TCall, TResult>(TCall call, CancellationToken caller, Route? route = null)
        where TCall : struct, IProviderCall<TResult>
    {
        caller.ThrowIfCancellationRequested();
        var setup = setups.Enter();
        var run = new RequestRun(setup, caller) { Route = route };
        var sequence = setup.Providers.Sequence(route);
        if (setup.Hedging is { } hedging)
        {
            hedging.Budget.Earn();
            return HedgeAsync<TCall, TResult>(call, run, sequence, hedging);
        }

        // Most requests are answered by the first provider that they ask.
        return TryAskNext<TCall, TResult>(call, run, ref sequence, run.Token, out var asked) && asked is { IsCompletedSuccessfully: true, Result: { } answer }
            ? new(answer)
            : GoOnAsync(call, asked, run, sequence);
    }

    /// <summary>Lets other providers take up a request whose answer broke off at one. Ends as <see cref="RunAsync"/> does.</summary>
    public static ValueTask<Answer<TResult>> TakeUpAsync<TCall, TResult>(TCall call, RequestRun run, Provider broken)
        where TCall : struct, IProviderCall<TResult>
    {
        var sequence = run.Setup.Providers.SequenceAfter(broken, run.Route);
        return run.Setup.Hedging is { } hedging ? HedgeAsync<TCall, TResult>(call, run, sequence, hedging)
            : TryAskNext<TCall, TResult>(call, run, ref sequence, run.Token, out var asked) ? GoOnAsync(call, asked, run, sequence)
            : GoOnAsync<TCall, TResult>(call, default, run, sequence);
    }

    private static async ValueTask<Answer<TResult>> GoOnAsync<TCall, TResult>(
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
            while (TryAskNext(call, run, ref sequence, run.Token, out asked));

            throw AllFailed<TCall, TResult>(call, run);
        }
        finally
        {
            if (!answered)
            {
                run.Dispose();
            }
        }
    }

    private static async ValueTask<Answer<TResult>> HedgeAsync<TCall, TResult>(TCall call, RequestRun run, ProviderSequence sequence, Hedging hedging)
        where TCall : struct, IProviderCall<TResult>
    {
        var answered = false;
        try
        {
            while (AskNext() is { } first)
            {
                var second = await hedging.IsSlowAsync(first.Asked, run).ConfigureAwait(false) ? Hedge() : null;
                if (await (second is null ? first.Asked : first.RaceAsync(second)).ConfigureAwait(false) is { } answer)
                {
                    answered = true;
                    return answer;
                }
            }

            throw AllFailed<TCall, TResult>(call, run);
        }
        finally
        {
            if (!answered)
            {
                run.Dispose();
            }
        }

        HedgeLane<TResult>? Hedge()
        {
            if (!hedging.Budget.TrySpend())
            {
                return null;
            }

            var second = AskNext();
            if (second is null)
            {
                hedging.Budget.Return();
            }

            return second;
        }

        HedgeLane<TResult>? AskNext()
        {
            var lane = run.OpenLane();
            return TryAskNext<TCall, TResult>(call, run, ref sequence, lane.Token, out var asked) ? new(asked.AsTask(), lane) : null;
        }
    }

    /// <summary>Asks the next provider that may be asked; false if there is none.</summary>
    private static bool TryAskNext<TCall, TResult>(
        TCall call, RequestRun run, ref ProviderSequence sequence, CancellationToken lane, out ValueTask<Answer<TResult>?> asked)
        where TCall : struct, IProviderCall<TResult>
    {
        while (sequence.Next() is { } provider)
        {
            if (!call.CanBeServedBy(provider))
            {
                continue;
            }

            if (run.IsOver || run.Attempts >= run.Setup.Settings.MaxAttempts || run.DeadlinePassed)
            {
                run.Skip(provider, SkipReason.NotReached);
                continue;
            }

            if (!provider.Circuit.TryEnter(provider.ProbeTimeout, out var permit, out var refusal))
            {
                if (refusal.NeedsLease && provider.Share is { } share)
                {
                    asked = AskWithLeaseAsync<TCall, TResult>(call, run, provider, share, sequence, lane);
                    return true;
                }

                run.Skip(provider, ReasonOf(refusal), refusal.RetryAfter);
                continue;
            }

            asked = run.Setup.Caller.AskAsync<TCall, TResult>(call, run, provider, permit, sequence, lane);
            return true;
        }

        asked = default;
        return false;
    }

    // The other processes decide who tests the recovery; whoever may not goes on to the next provider.
    private static async ValueTask<Answer<TResult>?> AskWithLeaseAsync<TCall, TResult>(
        TCall call, RequestRun run, Provider provider, CircuitShare share, ProviderSequence rest, CancellationToken lane)
        where TCall : struct, IProviderCall<TResult>
    {
        var entry = await share.EnterAsync(provider.ProbeTimeout).ConfigureAwait(false);
        if (!entry.IsIn)
        {
            run.Skip(provider, ReasonOf(entry.Refusal), entry.Refusal.RetryAfter);
            return null;
        }

        return await run.Setup.Caller.AskAsync<TCall, TResult>(call, run, provider, entry.Permit, rest, lane).ConfigureAwait(false);
    }

    private static AllProvidersFailedException AllFailed<TCall, TResult>(TCall call, RequestRun run)
        where TCall : struct, IProviderCall<TResult> =>
        new(run.Report.Attempts, run.Setup.Providers.EarliestRetry(call.CanBeServedBy), run.LastFailure);

    private static SkipReason ReasonOf(CircuitRefusal refusal) => refusal.Reason switch
    {
        CircuitRefusalReason.Open => SkipReason.CircuitOpen,
        CircuitRefusalReason.ProbeInFlight => SkipReason.ProbeInFlight,
        CircuitRefusalReason.Throttled => SkipReason.Throttled,
        _ => SkipReason.Isolated,
    };
}
