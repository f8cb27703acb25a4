using FlexiAI.FaultWall;

var cells = await Wall.PlayAsync(WallFault.All, ProviderPair.All);
foreach (var cell in cells)
{
    Console.WriteLine($"{cell.Pair} {cell.Fault}: {cell.Verdict} {cell.Attempts} {cell.WallTime.TotalMilliseconds:0} {cell.Reasons}");
}
