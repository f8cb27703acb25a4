namespace FlexiAI.Tests.Client;

/// <summary>What holds at the end of each request, and at the end of all.</summary>
internal static class ClientChecks
{
    public static void Ended(ClientRun run, ClientRequest request, Exception? failure)
    {
        if (request.Seen.Count > 0)
        {
            // T2: in order, and the very objects, of the call that came last.
            Assert.Equal(request.Output[^1].Take(request.Seen.Count), request.Seen, ReferenceEqualityComparer.Instance);
            Assert.True(failure is not AllProvidersFailedException, "T2: it failed over after output.");
        }

        if (request.Answer is { } answer)
        {
            Assert.Same(request.Responses[^1], answer);
            Assert.Equal(request.Asked[^1], answer.Provider);
        }

        if (failure is null && !request.StoppedEarly && request.Ask.Streamed)
        {
            Assert.Equal(request.Output[^1].Length, request.Seen.Count);
        }

        Assert.True(failure is null or AllProvidersFailedException or ProviderException or StreamInterruptedException or OperationCanceledException, $"{failure}");
        Assert.True(failure is not OperationCanceledException || request.Caller.IsCancellationRequested, "T4: cancelled by nobody");
        if (failure is AllProvidersFailedException all)
        {
            var made = all.Attempts.Where(attempt => attempt.Outcome != AttemptOutcome.Skipped).ToList();
            Assert.Equal(request.Asked, made.Select(attempt => attempt.Provider));
            Assert.All(made, attempt => Assert.Equal(AttemptOutcome.Failure, attempt.Outcome));
            Assert.Equal(run.Chats.Select(chat => chat.Name).Order(), all.Attempts.Select(attempt => attempt.Provider).Distinct().Order());
            Assert.Equal(run.Client.GetProviderStatus().Min(status => status.CircuitBreaker.RetryAfter), all.RetryAfter);
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
