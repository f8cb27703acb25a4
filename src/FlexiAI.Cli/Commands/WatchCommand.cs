using System.CommandLine;

namespace FlexiAI.Cli;

/// <summary><c>flexiai watch</c>: a running gateway's requests and circuits, as they happen.</summary>
internal static class WatchCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object per request and per change of a circuit." };
    private static readonly Option<string?> Url = SharedOptions.Url();

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "watch", "Shows a running gateway live: a table on a terminal; elsewhere a line per request and per change of a circuit. Ctrl+C ends it.")
        {
            Url, Json,
        };
        command.SetWork(terminal, (parsed, cancelled) => RunAsync(parsed, terminal, cancelled));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancelled)
    {
        var time = TimeProvider.System;
        using var gateway = RemoteGateway.Open(parsed.GetValue(Url), Environment.GetEnvironmentVariable);
        IWatchView view = parsed.GetValue(Json) ? new JsonWatchView(terminal)
            : terminal.IsRich ? new LiveWatchView(terminal.Console, gateway, time)
            : new PlainWatchView(terminal);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        var unread = OutputReader.WaitUntilGoneAsync(time, ended.Token);
        var watching = view.ShowAsync(() => new GatewayWatch(gateway, view, time).RunAsync(ended.Token));
        var first = await Task.WhenAny(unread, watching).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(first == unread && !cancelled.IsCancellationRequested ? ConfigureAwaitOptions.SuppressThrowing : ConfigureAwaitOptions.None);
        return ExitCodes.Success;
    }
}
