namespace FlexiAI;

/// <summary>What the requests that ended in one span of time came to.</summary>
/// <param name="At">The span's begin in seconds since 1970.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="Unanswered">Requests that no provider answered, other than those that their callers cancelled.</param>
/// <param name="Providers">The entries that had a part in it.</param>
internal sealed record TrafficSpan(long At, int Seconds, long Unanswered, IReadOnlyList<ProviderTraffic> Providers);

/// <summary>What one entry came to in a <see cref="TrafficSpan"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Answered">Requests that it answered.</param>
/// <param name="Failures">Attempts at it that failed.</param>
/// <param name="AverageMs">Mean time of the answered requests in milliseconds; null if there are none.</param>
internal sealed record ProviderTraffic(string Name, long Answered, long Failures, double? AverageMs);
