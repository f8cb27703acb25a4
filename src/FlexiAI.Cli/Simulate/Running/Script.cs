using System.Globalization;

namespace FlexiAI.Cli;

/// <summary>What one configured entry does in an incident, attempt by attempt.</summary>
internal sealed class Script(string entry, IncidentProvider provider)
{
    private readonly Dictionary<Disturbance, Allowance> _allowances = provider.Disturbances
        .Where(disturbance => disturbance.Allowed is not null).ToDictionary(disturbance => disturbance, disturbance => new Allowance(disturbance.Allowed!.Value));

    public IReadOnlyList<Disturbance> Disturbances => provider.Disturbances;

    /// <summary>What an attempt made now meets. The same draws meet the same luck, whatever the configuration.</summary>
    public Reply Meet(TimeSpan now, Draws draws)
    {
        var latency = provider.Latency.Draw(ref draws);
        var lot = draws.Next();
        foreach (var disturbance in provider.Disturbances)
        {
            if (disturbance.IsOn(now))
            {
                var share = disturbance.ShareAt(now);
                if (lot < share)
                {
                    return Hit(disturbance, now, latency, ref draws);
                }

                lot -= share;
            }
        }

        return new Reply(latency);
    }

    private Reply Hit(Disturbance disturbance, TimeSpan now, TimeSpan latency, ref Draws draws) => disturbance.Kind switch
    {
        DisturbanceKind.Hang => new Reply(After: null),
        DisturbanceKind.Delay => new Reply(latency + disturbance.After),
        DisturbanceKind.Slow => new Reply(disturbance.Latency!.Draw(ref draws)),
        DisturbanceKind.Truncate => new Reply(latency, IsWhole: false),
        DisturbanceKind.RateLimit when _allowances.GetValueOrDefault(disturbance)?.TryTake(now) == true => new Reply(latency),
        DisturbanceKind.RateLimit => Fails(disturbance.After, FailureKind.RateLimited, 429, disturbance.RetryAfter),
        DisturbanceKind.Refuse => Fails(disturbance.After, FailureKind.Network),
        _ => Fails(disturbance.After, KindOf(disturbance.Status), disturbance.Status),
    };

    private Reply Fails(TimeSpan after, FailureKind kind, int? status = null, TimeSpan? retryAfter = null)
    {
        var reason = status is { } code ? string.Create(CultureInfo.InvariantCulture, $"HTTP {code}, by the script.") : "No connection, by the script.";
        return new Reply(after, ProviderException.Create(kind, new ProviderFailure(entry, reason, status, retryAfter, Cause: null)));
    }

    // What the engine itself makes of the status.
    private static FailureKind KindOf(int status) => HttpFailures.Classify(new FailureEvidence(new HttpRequestException(), status));
}
