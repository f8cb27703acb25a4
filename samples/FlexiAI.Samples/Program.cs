using System.Text;
using FlexiAI.Samples;

Console.OutputEncoding = Encoding.UTF8;
if (args.Length != 1 || Sample.Find(args[0]) is not { } sample)
{
    Console.WriteLine("dotnet run --project samples/FlexiAI.Samples -- <name>");
    Console.WriteLine();
    foreach (var each in Sample.All)
    {
        Console.WriteLine($"  {each.Name,-18}{each.Shows}");
    }

    return args.Length == 0 ? 0 : 2;
}

await using var simulation = await Simulation.StartAsync(TimeProvider.System);
await sample.RunAsync(simulation);
return 0;
