namespace FlexiAI.Cli;

/// <summary>What a simulation found; times in seconds. Its JSON is the format of <c>simulate --json</c>.</summary>
/// <param name="Incident">The incident's file or name.</param>
/// <param name="Title">Its title.</param>
/// <param name="Seed">The seed of everything random in it.</param>
/// <param name="Duration">How long requests arrived.</param>
/// <param name="FailoverMode">When a request goes on to the next provider.</param>
/// <param name="CircuitBreaker">How circuits open and recover.</param>
/// <param name="Whole">All requests.</param>
/// <param name="During">Those that arrived while some provider was disturbed.</param>
/// <param name="Latency">How long the answered ones among <paramref name="During"/> took.</param>
/// <param name="Providers">The entries, in the order of the configuration.</param>
/// <param name="Episodes">Each time that an entry was disturbed which would have served.</param>
internal sealed record SimulationReport(
    string Incident,
    string Title,
    long Seed,
    double Duration,
    string FailoverMode,
    CircuitReport CircuitBreaker,
    RequestCount Whole,
    RequestCount During,
    LatencyReport Latency,
    IReadOnlyList<EntryReport> Providers,
    IReadOnlyList<EpisodeReport> Episodes);

/// <summary>Requests by how they ended.</summary>
/// <param name="Requests">All of them.</param>
/// <param name="Answered">Those that got an answer.</param>
/// <param name="Availability">The share of them, 0 to 1; null if there were no requests.</param>
internal sealed record RequestCount(int Requests, int Answered, double? Availability)
{
    public int Failed => Requests - Answered;

    public static RequestCount Of(IReadOnlyCollection<RequestRecord> requests)
    {
        var answered = requests.Count(request => request.IsAnswered);
        return new(requests.Count, answered, requests.Count == 0 ? null : Math.Round((double)answered / requests.Count, 6));
    }
}

/// <summary>Latencies of answered requests, in this run and in one without the incident; null where none was answered.</summary>
internal sealed record LatencyReport(double? P50, double? P99, double? UndisturbedP50, double? UndisturbedP99)
{
    public double? AddedP50 => P50 - UndisturbedP50 is { } added ? Math.Round(added, 3) : null;

    public double? AddedP99 => P99 - UndisturbedP99 is { } added ? Math.Round(added, 3) : null;
}

/// <summary>What one entry did.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Timeout">Its time limit for one attempt.</param>
/// <param name="MaxRetries">Its limit of retries.</param>
/// <param name="Answered">Requests that it answered.</param>
/// <param name="Share">Its share of the answers, 0 to 1; null if there were none.</param>
/// <param name="Attempts">Attempts that it saw.</param>
/// <param name="FailedAttempts">Those of them that brought no answer.</param>
/// <param name="AttemptsWhileDisturbed">Attempts that began while it was disturbed itself.</param>
/// <param name="FailedWhileDisturbed">Those of them that brought no answer.</param>
/// <param name="Tokens">Tokens that it was paid for.</param>
/// <param name="TokensThrownAway">Those of them that nobody got, so that they were spent twice.</param>
/// <param name="CircuitOpenings">How often its circuit opened, failed recoveries included.</param>
internal sealed record EntryReport(
    string Name,
    double Timeout,
    int MaxRetries,
    int Answered,
    double? Share,
    int Attempts,
    int FailedAttempts,
    int AttemptsWhileDisturbed,
    int FailedWhileDisturbed,
    long Tokens,
    long TokensThrownAway,
    int CircuitOpenings);

/// <summary>How the requests left a disturbed entry and came back; null where they did not.</summary>
/// <param name="Provider">The entry.</param>
/// <param name="From">The beginning of the disturbance.</param>
/// <param name="To">Its end.</param>
/// <param name="FailoverFirst">From the beginning to the first answer that another entry gave to a request made since.</param>
/// <param name="FailoverSteady">The same for the first of 20 requests in a row that others answered.</param>
/// <param name="ReturnFirst">From the end to the first answer that the entry gave to a request made since.</param>
/// <param name="ReturnSteady">The same for the first of 20 requests in a row that it answered.</param>
internal sealed record EpisodeReport(
    string Provider, double From, double To, double? FailoverFirst, double? FailoverSteady, double? ReturnFirst, double? ReturnSteady);
