using System.CommandLine;
using Microsoft.Extensions.AI;

namespace FlexiAI.Cli;

/// <summary><c>flexiai chat "prompt"</c>: the answer on standard output as it comes, who gave it on standard error.</summary>
internal static class ChatCommand
{
    private static readonly Argument<string> Prompt = new("prompt") { Description = "What to ask." };
    private static readonly Option<string?> System = new("--system") { Description = "The system instruction.", HelpName = "text" };
    private static readonly Option<string?> Provider = new("--provider") { Description = "The provider to ask first, by its name.", HelpName = "name" };
    private static readonly Option<string?> Config = SharedOptions.Config();

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "chat",
            "Asks the configured providers, the first that answers winning. Without a configuration, simulated providers answer.")
        {
            Prompt, System, Provider, Config,
        };
        command.SetWork(terminal, (parsed, cancelled) => RunAsync(parsed, terminal, cancelled));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancelled)
    {
        var messages = Messages(parsed.GetValue(Prompt)!, parsed.GetValue(System));
        var setup = SetupReader.Read(parsed.GetValue(Config));
        if (setup.Source == SetupSource.Simulation)
        {
            await terminal.Error.WriteLineAsync(SetupReader.NothingConfigured + " The answer below is simulated.").ConfigureAwait(false);
        }

        var simulation = setup.Source == SetupSource.Simulation ? await SimulatedProviders.StartAsync(cancelled).ConfigureAwait(false) : null;
        await using var stop = (simulation ?? SimulatedProviders.None).ConfigureAwait(false);
        var client = new FlexiClient(simulation?.CreateOptions() ?? setup.Options);
        await using var close = client.ConfigureAwait(false);
        if (parsed.GetValue(Provider) is { } primary)
        {
            Promote(client, primary);
        }

        await new ChatConversation(client, terminal, IsSimulated: simulation is not null).AskAsync(messages, cancelled).ConfigureAwait(false);
        return ExitCodes.Success;
    }

    private static List<ChatMessage> Messages(string prompt, string? system)
    {
        if (string.IsNullOrWhiteSpace(prompt))
        {
            throw new InputException("prompt is empty; allowed: some text.");
        }

        return system is null
            ? [new(ChatRole.User, prompt)]
            : [new(ChatRole.System, system), new(ChatRole.User, prompt)];
    }

    private static void Promote(FlexiClient client, string name)
    {
        var names = client.GetProviderStatus().Select(provider => provider.Name).ToList();
        if (!names.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw new InputException($"--provider is \"{name}\"; allowed: {string.Join(", ", names)}.");
        }

        client.SetPrimaryProvider(name);
    }
}
