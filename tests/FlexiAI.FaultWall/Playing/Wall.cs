using System.Diagnostics;

namespace FlexiAI.FaultWall;

/// <summary>Plays faults.</summary>
internal static class Wall
{
    // Most of a scene's time is the sockets'.
    private const int AtOnce = 4;

    /// <summary>Plays each of these faults with each of these pairs.</summary>
    public static async Task<IReadOnlyList<Cell>> PlayAsync(IEnumerable<WallFault> faults, IReadOnlyList<ProviderPair> pairs)
    {
        var cells = faults.SelectMany(_ => pairs, (fault, pair) => (fault, pair)).ToList();
        var played = new Cell[cells.Count];
        await Parallel.ForAsync(0, cells.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
            played[i] = await PlayAsync(cells[i].fault, cells[i].pair));
        return played;
    }

    public static async Task<Cell> PlayAsync(WallFault fault, ProviderPair pair)
    {
        var watch = Stopwatch.StartNew();
        List<PlayedScene> scenes = [];
        foreach (var scene in fault.Scenes(pair))
        {
            await using var stand = await Stand.StartAsync(pair, scene);
            var evidence = await stand.PlayAsync();
            scenes.Add(new PlayedScene(scene.Name, Judge.Of(evidence, scene.Demands), evidence.AtPrimary.Count, evidence.AtBackup.Count));
        }

        return new Cell(fault, pair, scenes, watch.Elapsed);
    }
}
