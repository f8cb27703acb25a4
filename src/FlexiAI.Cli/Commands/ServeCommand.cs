using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FlexiAI.Cli;

/// <summary><c>flexiai serve</c>: the gateway, until it is told to stop.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    private static readonly Option<string> Urls = new("--urls")
    {
        Description = $"Where to serve; several addresses are separated by semicolons. Default: {ServeUrls.Default}. Others than this machine's need client keys.",
        HelpName = "urls",
        DefaultValueFactory = _ => ServeUrls.Default,
    };

    private static readonly Option<string?> Config = SharedOptions.Config();

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            Name,
            "Serves OpenAI's and Anthropic's endpoints over the configured providers, with a dashboard. Without a configuration, over simulated ones.")
        {
            Urls, Config,
        };
        command.SetWork(terminal, (parsed, cancelled) => RunAsync(parsed, terminal, cancelled));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancelled)
    {
        var urls = ServeUrls.Read(parsed.GetValue(Urls)!);
        var setup = SetupReader.Read(parsed.GetValue(Config));
        var simulation = setup.Source == SetupSource.Simulation ? await SimulatedProviders.StartAsync(cancelled).ConfigureAwait(false) : null;
        await using var stop = (simulation ?? SimulatedProviders.None).ConfigureAwait(false);
        var source = setup.Path is { } path ? ReadFile(path) : null;
        var settings = source?.Settings ?? ServeSettings.Read(
            null, simulation?.CreateOptions(forGateway: true) ?? setup.Options, new ConfigurationBuilder().Build(), Environment.GetEnvironmentVariable);
        var app = ServeApplication.Create(settings, urls, simulation is null ? null : new SimulatedFaults(simulation), source);
        await using var close = app.ConfigureAwait(false);
        await StartAsync(app, parsed.GetValue(Urls)!).ConfigureAwait(false);
        ServeBanner.Write(
            terminal.Out,
            settings,
            app.Urls.ToList(),
            simulation is not null ? null : setup.Path ?? "environment variables",
            app.Services.GetRequiredService<FlexiClient>().GetProviderStatus());
        await app.WaitForShutdownAsync(CancellationToken.None).ConfigureAwait(false);
        return ExitCodes.Success;
    }

    private static ServeReload.Source ReadFile(string path)
    {
        var content = JsonFile.Load("--config", path);
        var (options, section) = ConfigurationFile.Read(path, content);
        return new ServeReload.Source(path, content, ServeSettings.Read(path, options, section, Environment.GetEnvironmentVariable));
    }

    private static async Task StartAsync(WebApplication app, string urls)
    {
        try
        {
            await app.StartAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            // What follows in further lines is how to make a developer's certificate.
            throw new InputException($"--urls is \"{urls}\": {FirstLine(e.Message)}");
        }
    }

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd();
}
