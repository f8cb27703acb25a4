namespace FlexiAI.Cli;

/// <summary>A time through which an entry was disturbed without a break.</summary>
internal readonly record struct Episode(int Entry, TimeSpan From, TimeSpan To)
{
    /// <summary>The episodes of one entry: events that touch are one.</summary>
    public static IReadOnlyList<Episode> Of(int entry, IncidentProvider part)
    {
        var episodes = new List<Episode>();
        foreach (var disturbance in part.Disturbances)
        {
            if (episodes.Count > 0 && disturbance.From <= episodes[^1].To)
            {
                episodes[^1] = episodes[^1] with { To = disturbance.To > episodes[^1].To ? disturbance.To : episodes[^1].To };
            }
            else
            {
                episodes.Add(new Episode(entry, disturbance.From, disturbance.To));
            }
        }

        return episodes;
    }

    public bool Contains(TimeSpan time) => From <= time && time < To;
}
