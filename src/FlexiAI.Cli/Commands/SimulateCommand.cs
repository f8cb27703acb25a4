using System.CommandLine;
using System.Text.Json;

namespace FlexiAI.Cli;

/// <summary><c>flexiai simulate</c>: what a configuration would have done in an incident.</summary>
internal static class SimulateCommand
{
    private static readonly Option<string> Incident = new("--incident")
    {
        Description = $"The incident: the path of a file, or one that ships with the command: {string.Join(", ", IncidentFile.Shipped)}.",
        HelpName = "path|name",
        Required = true,
    };

    private static readonly Option<string?> Config = new("--config")
    {
        Description = $"The configuration file; keys are not needed. Default: {ConfigurationFile.DefaultName} in the current directory, if there is one, "
            + "else an entry with default options for each provider that the incident names.",
        HelpName = "path",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object instead of tables." };
    private static readonly Option<string?> Svg = new("--svg") { Description = "Also writes a picture of who served what, when.", HelpName = "path" };

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "simulate",
            "Runs the engine through a scripted incident, on virtual time and with providers in memory, and says what it did. The same seed gives the same result.")
        {
            Incident, Config, Json, Svg,
        };
        foreach (var option in SimulationOverrides.Options)
        {
            command.Add(option);
        }

        command.SetWork(terminal, (parsed, cancelled) => RunAsync(parsed, terminal, cancelled));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancelled)
    {
        var incident = IncidentFile.Read(parsed.GetValue(Incident)!);
        incident = parsed.GetValue(SimulationOverrides.Seed) is { } seed ? incident with { Seed = seed } : incident;
        var options = SimulationSetup.Read(parsed.GetValue(Config), incident);
        SimulationOverrides.Apply(parsed, options);
        var simulation = await Simulation.RunAsync(incident, new Cast(options, incident), cancelled).ConfigureAwait(false);
        if (parsed.GetValue(Svg) is { } path)
        {
            Write(path, TimelineSvg.Draw(simulation));
        }

        var report = simulation.Report();
        if (parsed.GetValue(Json))
        {
            await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(report, SimulationJson.Default.SimulationReport)).ConfigureAwait(false);
        }
        else
        {
            SimulationTable.Write(terminal, report);
        }

        return ExitCodes.Success;
    }

    private static void Write(string path, string svg)
    {
        try
        {
            File.WriteAllText(path, svg);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"--svg is \"{path}\", which cannot be written ({e.Message.TrimEnd('.')}); allowed: the path of a file to write.");
        }
    }
}
