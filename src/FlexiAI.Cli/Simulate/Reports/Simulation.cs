namespace FlexiAI.Cli;

/// <summary>An incident played with a configuration, and the same requests with nothing wrong.</summary>
internal sealed record Simulation(Incident Incident, Cast Cast, RunLog Log, RunLog Undisturbed)
{
    public IReadOnlyList<Episode> Episodes { get; } =
        [.. Cast.Entries.SelectMany((entry, i) => Episode.Of(i, Cast.PartOf(entry, Incident)))];

    public static async Task<Simulation> RunAsync(Incident incident, Cast cast, CancellationToken cancelled)
    {
        var log = IncidentRun.StartAsync(incident, cast, cancelled);
        var undisturbed = IncidentRun.StartAsync(incident.WithoutDisturbances(), cast, cancelled);
        await Task.WhenAll(log, undisturbed).ConfigureAwait(false);
        return new Simulation(incident, cast, await log.ConfigureAwait(false), await undisturbed.ConfigureAwait(false));
    }

    public SimulationReport Report()
    {
        var during = Log.Requests.Where(IsDuring).ToList();
        var (p50, p99) = Percentiles.Of(during);
        var (undisturbed50, undisturbed99) = Percentiles.Of(Undisturbed.Requests.Where(IsDuring));
        return new SimulationReport(
            Incident.File,
            Incident.Title,
            Incident.Seed,
            Incident.Duration.TotalSeconds,
            Words.Of(Cast.Options.FailoverMode),
            CircuitReport.Of(Cast.Options.CircuitBreaker),
            RequestCount.Of(Log.Requests),
            RequestCount.Of(during),
            new LatencyReport(p50, p99, undisturbed50, undisturbed99),
            [.. Cast.Entries.Select(Entry)],
            [.. Episodes.Where(WouldServe).Select(Report)]);
    }

    private bool IsDuring(RequestRecord request) => Episodes.Any(episode => episode.Contains(request.Arrival));

    private bool WouldServe(Episode episode) => Undisturbed.Requests.Any(request => request.By == episode.Entry && episode.Contains(request.Arrival));

    private EntryReport Entry(ProviderOptions entry, int i)
    {
        var attempts = Log.Attempts.Where(attempt => attempt.Entry == i).ToList();
        var disturbed = attempts.Where(attempt => Episodes.Any(episode => episode.Entry == i && episode.Contains(attempt.Begin))).ToList();
        var answered = Log.Requests.Count(request => request.By == i);
        var all = Log.Requests.Count(request => request.IsAnswered);
        return new EntryReport(
            entry.Name!,
            entry.Timeout.TotalSeconds,
            entry.MaxRetries,
            answered,
            all == 0 ? null : Math.Round((double)answered / all, 6),
            attempts.Count,
            attempts.Count(Failed),
            disturbed.Count,
            disturbed.Count(Failed),
            attempts.Sum(attempt => attempt.Tokens),
            attempts.Sum(attempt => attempt.Wasted),
            Log.Circuits[i].Openings);
    }

    private EpisodeReport Report(Episode episode)
    {
        var next = Episodes.Where(other => other.Entry == episode.Entry && other.From >= episode.To).Select(other => other.From).Append(TimeSpan.MaxValue).Min();
        var failover = Changeover.Find(Log.Requests, episode.From, episode.To, request => request.IsAnswered && request.By != episode.Entry);
        var comingBack = Changeover.Find(Log.Requests, episode.To, next, request => request.By == episode.Entry);
        return new EpisodeReport(
            Cast.Names[episode.Entry],
            episode.From.TotalSeconds,
            episode.To.TotalSeconds,
            failover.First,
            failover.Steady,
            comingBack.First,
            comingBack.Steady);
    }

    private static bool Failed(AttemptRecord attempt) => attempt.Ending != AttemptEnding.Answered;
}
