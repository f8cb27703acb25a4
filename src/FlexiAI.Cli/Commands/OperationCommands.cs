using System.CommandLine;

namespace FlexiAI.Cli;

/// <summary><c>flexiai reset</c>, <c>isolate</c> and <c>promote</c>: what an operator does to a running gateway by hand.</summary>
internal static class OperationCommands
{
    private static readonly Option<bool> Json = new("--json") { Description = "The gateway's state afterwards as one JSON object instead of a table." };
    private static readonly Option<string?> Url = SharedOptions.Url();

    public static Command Reset(Terminal terminal) => Create(
        terminal,
        "reset",
        "Closes a provider's circuit on a running gateway, or all of them; also takes an isolation back.",
        new Argument<string?>("name") { Description = "The provider. Default: all.", Arity = ArgumentArity.ZeroOrOne },
        name => name is null ? "circuits/reset" : $"circuits/{name}/reset");

    public static Command Isolate(Terminal terminal) => Create(
        terminal, "isolate", "Keeps a running gateway from asking a provider, until it is reset.", Name(), name => $"circuits/{name}/isolate");

    public static Command Promote(Terminal terminal) => Create(
        terminal, "promote", "Has a running gateway ask a provider before all others.", Name(), name => $"providers/{name}/promote");

    private static Argument<string?> Name() => new("name") { Description = "The provider.", Arity = ArgumentArity.ExactlyOne };

    private static Command Create(Terminal terminal, string name, string description, Argument<string?> provider, Func<string?, string> pathOf)
    {
        var command = new Command(name, description) { provider, Url, Json };
        command.SetWork(terminal, async (parsed, cancelled) =>
        {
            using var gateway = RemoteGateway.Open(parsed.GetValue(Url), Environment.GetEnvironmentVariable);
            var status = await gateway.OperateAsync(pathOf(Encoded(parsed.GetValue(provider))), cancelled).ConfigureAwait(false);
            await RemoteView.WriteAsync(terminal, gateway, status, parsed.GetValue(Json), cancelled).ConfigureAwait(false);
            return ExitCodes.Success;
        });
        return command;
    }

    // Dots alone would be taken for steps through the path.
    private static string? Encoded(string? name) => name switch
    {
        null => null,
        _ when string.IsNullOrWhiteSpace(name) || name is "." or ".." => throw new InputException($"name is \"{name}\"; allowed: a provider's name, as flexiai status --url tells it."),
        _ => Uri.EscapeDataString(name),
    };
}
