namespace FlexiAI.FaultWall;

/// <summary>How one fault went with one pair.</summary>
internal sealed record Cell(WallFault Fault, ProviderPair Pair, IReadOnlyList<PlayedScene> Scenes, TimeSpan WallTime)
{
    public Verdict Verdict => Scenes.Max(scene => scene.Judgement.Verdict);

    /// <summary>Why it is not <see cref="Verdict.Pass"/>: scene by scene; empty if it is.</summary>
    public string Reasons => string.Join("\n   ", Scenes
        .Where(scene => scene.Judgement.Verdict != Verdict.Pass)
        .Select(scene => $"{scene.Name}: {scene.Judgement.Reason}"));

    /// <summary>The attempts that reached primary and backup, once if they were the same in every scene.</summary>
    public string Attempts
    {
        get
        {
            var groups = Scenes.GroupBy(scene => $"{scene.AtPrimary} / {scene.AtBackup}").ToList();
            return groups.Count == 1
                ? groups[0].Key
                : string.Join(", ", groups.Select(group => $"{group.Key} ({string.Join(", ", group.Select(scene => scene.Name))})"));
        }
    }
}

/// <summary>How one scene of a fault went.</summary>
internal sealed record PlayedScene(string Name, Judgement Judgement, int AtPrimary, int AtBackup);
