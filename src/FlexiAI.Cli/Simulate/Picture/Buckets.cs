namespace FlexiAI.Cli;

/// <summary>The requests of a run, put together by the time of their arrival.</summary>
internal sealed class Buckets
{
    private const int Count = 150;

    public Buckets(RunLog log, TimeSpan duration)
    {
        Length = duration / Count;
        var requests = log.Requests.ToLookup(request => Math.Min(Count - 1, (int)(request.Arrival / Length)));
        All = [.. Enumerable.Range(0, Count).Select(i => (Length * i, requests[i].ToList()))];
    }

    public TimeSpan Length { get; }

    public IReadOnlyList<(TimeSpan From, List<RequestRecord> Requests)> All { get; }
}
