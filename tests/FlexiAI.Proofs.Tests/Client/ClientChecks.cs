namespace FlexiAI.Tests.Client;

/// <summary>What holds at the end of each request, and at the end of all.</summary>
internal static class ClientChecks
{
    public static void Ended(ClientRun run, ClientRequest request, Exception? failure)
    {
        // In order, and the very objects, of the call that came last.
        run.Require("T2", request.Seen.Count == 0 || request.Output[^1].Take(request.Seen.Count).SequenceEqual(request.Seen, ReferenceEqualityComparer.Instance));
        run.Require("T2", request.Seen.Count == 0 || failure is not AllProvidersFailedException);
        run.Require("T2", request.Answer is null || (ReferenceEquals(request.Responses[^1], request.Answer) && request.Asked[^1] == request.Answer.Provider));
        run.Require("T2", failure is not null || request.StoppedEarly || !request.Ask.Streamed || request.Output[^1].Length == request.Seen.Count);
        run.Require("T4", failure is null or AllProvidersFailedException or ProviderException or StreamInterruptedException or OperationCanceledException);
        run.Require("T4", failure is not OperationCanceledException || request.Caller.IsCancellationRequested);
        request.FailedTotally = failure is AllProvidersFailedException;
        if (failure is AllProvidersFailedException all)
        {
            var made = all.Attempts.Where(attempt => attempt.Outcome != AttemptOutcome.Skipped).ToList();
            run.Require("T4", request.Asked.SequenceEqual(made.Select(attempt => attempt.Provider)));
            run.Require("T4", made.TrueForAll(attempt => attempt is { Outcome: AttemptOutcome.Failure, Kind: not null }));
            run.Require("T4", run.Chats.All(chat => all.Attempts.Any(attempt => attempt.Provider == chat.Name)));
            run.Require("T4", run.Client.GetProviderStatus().Min(status => status.CircuitBreaker.RetryAfter) == all.RetryAfter);
        }
    }

    public static void AddUp(ClientRun run)
    {
        var stats = run.Client.GetRequestStats();
        Assert.Equal(run.Ends, ((int)stats.SuccessfulRequests, (int)stats.FailedRequests, (int)stats.CancelledRequests));
        Assert.Equal(run.Requests.Count, stats.TotalRequests);
        Assert.All(run.Requests, request => Assert.Equal(0, request.OpenStreams));
        foreach (var (chat, provider) in run.Chats.Zip(stats.Providers))
        {
            Assert.Equal(chat.Calls, provider.Requests);
            Assert.Equal(provider.Requests, provider.Successes + provider.Cancelled + provider.Failures.Values.Sum());
        }

        Assert.Equal(stats.SuccessfulRequests, stats.Providers.Sum(provider => provider.Successes));
    }

    /// <summary>No permit is out any more: each circuit admits, after the time that it tells and not the expiry of a probe, and answers.</summary>
    public static void AllAdmit(ClientRun run)
    {
        foreach (var name in run.Chats.Select(chat => chat.Name))
        {
            if (run.Client.GetProviderStatus(name).CircuitBreaker.State == CircuitState.Isolated)
            {
                run.Client.ResetCircuitBreakers(name);
            }

            run.Time.Advance(run.Client.GetProviderStatus(name).CircuitBreaker.RetryAfter!.Value);
            run.AskNow(name);
            Assert.Equal(name, run.Requests[^1].Answer?.Provider);
            Assert.Equal(CircuitState.Closed, run.Client.GetProviderStatus(name).CircuitBreaker.State);
        }
    }
}
