namespace FlexiAI.FaultWall;

/// <summary>How one fault went with one pair.</summary>
internal sealed record Cell(WallFault Fault, ProviderPair Pair, IReadOnlyList<PlayedScene> Scenes, TimeSpan WallTime)
{
    public Verdict Verdict => Scenes.Max(scene => scene.Judgement.Verdict);

    /// <summary>Why it is not <see cref="Verdict.Pass"/>, scene by scene; none if it is.</summary>
    public IReadOnlyList<string> Reasons =>
        [.. Scenes.Where(scene => scene.Judgement.Verdict != Verdict.Pass).Select(scene => $"{scene.Name}: {scene.Judgement.Reason}")];

    /// <summary>The attempts that reached primary and backup: as in most scenes, and by name where they were others.</summary>
    public string Attempts
    {
        get
        {
            var groups = Scenes.GroupBy(scene => $"{scene.AtPrimary} / {scene.AtBackup}").OrderByDescending(group => group.Count()).ToList();
            return string.Join("; ", groups.Skip(1).Select(group => $"{string.Join(" and ", group.Select(scene => scene.Name))}: {group.Key}").Prepend(groups[0].Key));
        }
    }
}

/// <summary>How one scene of a fault went.</summary>
internal sealed record PlayedScene(string Name, Judgement Judgement, int AtPrimary, int AtBackup);
