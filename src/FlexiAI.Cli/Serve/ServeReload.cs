using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlexiAI.Cli;

/// <summary>
/// Takes over a configuration file that has changed, while requests go on. One that is not valid changes nothing, and the log says why.
/// </summary>
/// <remarks>
/// The content is what is watched: a file is small, and neither times nor notifications are to be had wherever one may be mounted or linked.
/// It is taken over when two looks have found it the same, so that one that is being written is not.
/// </remarks>
internal sealed partial class ServeReload(ServeReload.Source source, FlexiClient client, GatewayRoutes routes, TimeProvider time, ILogger<ServeReload> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    // A request looks up its alias and then its entries, without a pause between the two.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.1);

    private byte[] _running = SHA256.HashData(source.Content);
    private byte[] _seen = [];
    private IDictionary<string, IList<string>> _aliases = source.Settings.Gateway.Models;

    /// <summary>Where the configuration comes from, and what the gateway began with.</summary>
    /// <param name="Path">The file.</param>
    /// <param name="Content">Its content at the start.</param>
    /// <param name="Settings">What that said.</param>
    internal sealed record Source(string Path, byte[] Content, ServeSettings Settings);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, static signal => signal.Cancel = true);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            await LookAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        byte[] content;
        try
        {
            content = JsonFile.Load("--config", source.Path);
        }
        catch (InputException)
        {
            // A moment between two files, or a mount that is away: what runs goes on.
            return;
        }

        var hash = SHA256.HashData(content);
        var isStill = hash.AsSpan().SequenceEqual(_seen);
        _seen = hash;
        if (isStill && !hash.AsSpan().SequenceEqual(_running))
        {
            _running = hash;
            await TakeOverAsync(content, stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task TakeOverAsync(byte[] content, CancellationToken stoppingToken)
    {
        try
        {
            var (options, section) = ConfigurationFile.Read(source.Path, content);
            var settings = ServeSettings.Read(source.Path, options, section, Environment.GetEnvironmentVariable);
            var before = Names();
            await ReplaceAsync(settings, stoppingToken).ConfigureAwait(false);
            var after = Names();
            TookOver(log, source.Path, after.Count, Text(after.Except(before)), Text(before.Except(after)));
            if (settings.ForGood != source.Settings.ForGood)
            {
                NeedsRestart(log, source.Path);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever it is, it must not end the gateway; what is not known to be for users may hold a secret.
            Refused(log, source.Path, Printable.Line(e switch
            {
                OptionsValidationException invalid => string.Join(' ', invalid.Failures),
                InputException => e.Message,
                _ => $"unexpected {e.GetType().Name}",
            }));
        }
    }

    /// <summary>
    /// Replaces entries and aliases. While that is done an alias leads to its entries of before and of after, so that there always is one of
    /// them: those that are not there are passed over.
    /// </summary>
    private async Task ReplaceAsync(ServeSettings settings, CancellationToken stoppingToken)
    {
        var after = settings.Gateway.Models;
        try
        {
            routes.UseAliases(_aliases.ToDictionary(
                alias => alias.Key,
                IList<string> (alias) => [.. after.TryGetValue(alias.Key, out var names) ? names.Union(alias.Value, StringComparer.OrdinalIgnoreCase) : alias.Value],
                StringComparer.Ordinal));
            await Task.Delay(Moment, time, stoppingToken).ConfigureAwait(false);
            client.Reconfigure(settings.Client);
            _aliases = after;
        }
        finally
        {
            routes.UseAliases(_aliases);
        }
    }

    private List<string> Names() => [.. client.GetProviderStatus().Select(provider => provider.Name)];

    private static string Text(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } text ? Printable.Of(text) : "none";

    [LoggerMessage(60, LogLevel.Information, "Configuration {Path} taken over: {Count} providers; added: {Added}; removed: {Removed}")]
    private static partial void TookOver(ILogger logger, string path, int count, string added, string removed);

    [LoggerMessage(61, LogLevel.Error, "Configuration {Path} is not valid, so that nothing changes: {Problem}")]
    private static partial void Refused(ILogger logger, string path, string problem);

    [LoggerMessage(62, LogLevel.Warning, "Configuration {Path}: changes of Redis, Telemetry, and of Gateway except its Models, take effect at the next start")]
    private static partial void NeedsRestart(ILogger logger, string path);
}
