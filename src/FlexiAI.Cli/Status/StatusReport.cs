using Microsoft.Extensions.Options;

namespace FlexiAI.Cli;

/// <summary>What <c>flexiai status</c> shows. Holds no secret.</summary>
/// <param name="Source">Where the providers come from: <c>file</c>, <c>environment</c> or <c>simulation</c>.</param>
/// <param name="Path">The configuration file, if there is one.</param>
/// <param name="FailoverMode">When a request goes on to the next provider.</param>
/// <param name="CircuitBreaker">How circuits open and recover.</param>
/// <param name="Providers">The entries, in the order of the configuration.</param>
/// <param name="Problems">What keeps a client from being made.</param>
internal sealed record StatusReport(
    string Source,
    string? Path,
    string FailoverMode,
    CircuitReport CircuitBreaker,
    IReadOnlyList<ProviderReport> Providers,
    IReadOnlyList<string> Problems)
{
    public static StatusReport Of(Setup setup, Func<string, string?> environment)
    {
        var simulated = setup.Source == SetupSource.Simulation;
        var options = simulated ? new FlexiOptions { Providers = [.. SimulatedProviders.Entries] } : setup.Options;
        var completed = ProviderEntries.Complete(options.Providers, environment);
        return new StatusReport(
            setup.Source switch { SetupSource.File => "file", SetupSource.Environment => "environment", _ => "simulation" },
            setup.Path,
            Words.Of(options.FailoverMode),
            CircuitReport.Of(options.CircuitBreaker),
            [.. options.Providers.Zip(completed, (written, entry) => ProviderReport.Of(entry, simulated ? KeyReport.NotNeeded : KeyReport.Of(written, entry, environment)))],
            Check(options, completed));
    }

    private static IReadOnlyList<string> Check(FlexiOptions options, IReadOnlyList<ProviderOptions> entries)
    {
        try
        {
            FlexiOptionsValidation.ThrowIfInvalid(options, entries);
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
    }
}
