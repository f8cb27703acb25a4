namespace FlexiAI.GatewayBench;

/// <summary>What the callers' process saw.</summary>
/// <param name="Complete">Replies that came to their end: a stream with its end mark.</param>
/// <param name="Broken">All others.</param>
/// <param name="Events">Events of the streams.</param>
/// <param name="First">Milliseconds until the first content, or the whole reply, of each in the order of their ends.</param>
/// <param name="Problem">What was wrong with the last that broke.</param>
internal sealed record CallerReport(int Complete, int Broken, long Events, IReadOnlyList<double> First, string? Problem);
