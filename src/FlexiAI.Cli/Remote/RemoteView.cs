using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using GatewayStatus = FlexiAI.StatusReport;

namespace FlexiAI.Cli;

/// <summary>Shows a running gateway once: as a table, or as the JSON of its <c>/status</c>.</summary>
internal static class RemoteView
{
    public static async Task WriteAsync(Terminal terminal, RemoteGateway gateway, GatewayStatus status, bool json, CancellationToken cancelled)
    {
        if (json)
        {
            await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(status, FlexiAI.StatusJson.Default.StatusReport)).ConfigureAwait(false);
            return;
        }

        var stats = await gateway.GetStatsAsync(cancelled).ConfigureAwait(false);
        await terminal.Out.WriteLineAsync(Printable.Line(Title(gateway, status))).ConfigureAwait(false);
        terminal.Console.Write(RemoteTable.Of(status, stats, TimeSpan.Zero, terminal.IsRich ? TableBorder.Rounded : TableBorder.None));
        await terminal.Out.WriteLineAsync(Sums(stats)).ConfigureAwait(false);
    }

    public static string Title(RemoteGateway gateway, GatewayStatus status) => string.Create(
        CultureInfo.InvariantCulture,
        $"Gateway {status.Version} at {gateway.Address}, up for {Words.Seconds(TimeSpan.FromSeconds(Math.Floor(status.UptimeSeconds)))}: {(status.Ready ? "ready" : "no provider admits calls")}.");

    public static string Sums(FlexiAI.StatsReport stats) => string.Create(
        CultureInfo.InvariantCulture, $"{stats.Requests} requests: {stats.Succeeded} answered, {stats.Failed} failed, {stats.Cancelled} cancelled.");
}
