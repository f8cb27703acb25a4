namespace FlexiAI.Samples;

/// <summary>Runs a sample in this process and reads what it prints.</summary>
internal static class Running
{
    /// <returns>The lines without the blank ones.</returns>
    public static async Task<string[]> RunAsync(string name, TimeProvider? time = null)
    {
        var sample = Sample.Find(name) ?? throw new ArgumentException($"There is no sample \"{name}\".", nameof(name));
        var console = Console.Out;
        using var printed = new StringWriter();
        Console.SetOut(TextWriter.Synchronized(printed));
        try
        {
            await using var simulation = await Simulation.StartAsync(time ?? TimeProvider.System);
            await sample.RunAsync(simulation);
        }
        finally
        {
            Console.SetOut(console);
        }

        return printed.ToString().Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
    }
}
