namespace FlexiAI.Cli;

/// <summary>When requests went over to other entries, or came back to one.</summary>
internal static class Changeover
{
    private const int Steady = 20;

    /// <summary>
    /// From <paramref name="from"/> to the answer of the first request, among those that arrived between the two times, that is served as
    /// asked for; and to that of the first of 20 such in a row.
    /// </summary>
    public static (double? First, double? Steady) Find(IReadOnlyList<RequestRecord> requests, TimeSpan from, TimeSpan to, Func<RequestRecord, bool> isServed)
    {
        TimeSpan? first = null;
        var begin = TimeSpan.Zero;
        var row = 0;
        foreach (var request in requests.Where(request => from <= request.Arrival && request.Arrival < to))
        {
            if (!isServed(request))
            {
                row = 0;
                continue;
            }

            // Of two requests the later may have its answer sooner.
            first = first < request.End ? first : request.End;
            begin = row++ == 0 ? request.End : begin;
            if (row == Steady)
            {
                return (Since(first), Since(begin));
            }
        }

        return (Since(first), null);

        double? Since(TimeSpan? time) => time is { } found ? Math.Round((found - from).TotalSeconds, 3) : null;
    }
}
