using Microsoft.Extensions.AI;

namespace FlexiAI.Soak;

/// <summary>What must hold when the storm is over.</summary>
internal static class Verdict
{
    private const int Tries = 50;

    // Ten times as long as the time limit of a probe.
    private const int LongestRecovery = 60;

    /// <summary>The client's statistics are what the callers and the providers counted.</summary>
    public static IEnumerable<string> OfStatistics(Fleet fleet, Callers callers)
    {
        var stats = fleet.Client.GetRequestStats();
        (string What, long Expected, long Actual)[] sums =
        [
            ("requests", callers.Sent, stats.TotalRequests),
            ("answered requests", callers.Answered, stats.SuccessfulRequests),
            ("failed requests", callers.Failed, stats.FailedRequests),
            ("cancelled requests", callers.Cancelled, stats.CancelledRequests),
            ("answers of all providers", callers.Answered, stats.Providers.Sum(provider => provider.Successes)),
            .. stats.Providers.Select(provider =>
                ($"attempts at {provider.Name} by their end", provider.Requests, provider.Successes + provider.Cancelled + provider.Failures.Values.Sum())),
            .. fleet.Chats.Select(chat =>
                ($"attempts at {chat.Key}", chat.Value.Calls, stats.Providers.Single(provider => provider.Name == chat.Key).Requests)),
            .. fleet.Chats.Select(chat => ($"streams open at {chat.Key}", 0L, (long)chat.Value.OpenStreams)),
        ];
        return sums.Where(sum => sum.Expected != sum.Actual).Select(sum => $"{sum.What}: expected {sum.Expected:N0}, got {sum.Actual:N0}");
    }

    /// <summary>
    /// In fair weather each circuit closes at once. One whose probe was never settled would refuse until that expires; in the storm it
    /// would have stayed half-open so long.
    /// </summary>
    public static async Task<IReadOnlyList<string>> OfPermitsAsync(Fleet fleet, Operator @operator)
    {
        var problems = new List<string>();
        if (@operator.LongestRecovery > LongestRecovery)
        {
            problems.Add($"a circuit was found half-open {@operator.LongestRecovery} times in a row, as if a permit were unsettled");
        }

        foreach (var weather in fleet.Weathers)
        {
            weather.Clear();
        }

        foreach (var provider in fleet.Client.GetProviderStatus())
        {
            if (!await ClosesAsync(fleet.Client, provider.Name))
            {
                problems.Add($"{provider.Name} has an unsettled permit: it is {fleet.Client.GetProviderStatus(provider.Name).CircuitBreaker}");
            }
        }

        return problems;
    }

    private static async Task<bool> ClosesAsync(FlexiClient client, string provider)
    {
        client.SetPrimaryProvider(provider);
        for (var i = 0; i < Tries; i++)
        {
            if (client.GetProviderStatus(provider).CircuitBreaker is { State: not CircuitState.Closed, RetryAfter: var wait })
            {
                await Task.Delay(wait ?? TimeSpan.Zero);
            }

            var answer = await client.GetResponseAsync("How is it now?");
            if (answer.Provider == provider && client.GetProviderStatus(provider).CircuitBreaker.State == CircuitState.Closed)
            {
                return true;
            }
        }

        return false;
    }
}
