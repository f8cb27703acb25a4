using System.Diagnostics;
using FlexiAI.FaultWall;

// Plays the wall and prints the scorecard; --markdown prints the tables of the page instead, --update writes them into it.
if (args is not ([] or ["--markdown"] or ["--update"]))
{
    Console.Error.WriteLine("Usage: FlexiAI.FaultWall [--markdown | --update]");
    return 2;
}

var watch = Stopwatch.StartNew();
var cells = await Wall.PlayAsync(WallFault.All, ProviderPair.All);
Console.WriteLine(args is ["--markdown"] ? FaultWallPage.Tables(cells) : Scorecard.Of(cells, watch.Elapsed));
if (args is ["--update"])
{
    await File.WriteAllTextAsync(FaultWallPage.Path, FaultWallPage.Update(await File.ReadAllTextAsync(FaultWallPage.Path), cells));
    Console.WriteLine($"{FaultWallPage.Path}: updated");
}

return cells.Any(cell => cell.Verdict == Verdict.Fail) ? 1 : 0;
