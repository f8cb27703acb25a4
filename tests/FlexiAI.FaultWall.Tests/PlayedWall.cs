using System.Collections.Concurrent;
using FlexiAI.FaultWall;

namespace FlexiAI.Tests;

/// <summary>The wall, each fault played once for all tests that look at it.</summary>
internal static class PlayedWall
{
    private static readonly ConcurrentDictionary<(int Fault, string Pair), Lazy<Task<Cell>>> Cells = [];

    public static Task<Cell> CellAsync(int fault, string pair) => Cells.GetOrAdd((fault, pair), static key => new(() => Task.Run(() => Wall.PlayAsync(
        WallFault.All.Single(fault => fault.Number == key.Fault),
        ProviderPair.All.Single(pair => pair.ToString() == key.Pair))))).Value;

    public static async Task<IReadOnlyList<Cell>> AllAsync()
    {
        List<Cell> cells = [];
        foreach (var fault in WallFault.All)
        {
            foreach (var pair in ProviderPair.All)
            {
                cells.Add(await CellAsync(fault.Number, pair.ToString()));
            }
        }

        return cells;
    }
}
