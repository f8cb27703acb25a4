using System.Globalization;
using Spectre.Console;

namespace FlexiAI.Cli;

/// <summary>The circuits at one moment, in the guide's words.</summary>
internal static class CircuitTable
{
    public static Table Of(IReadOnlyList<ProviderStatus> providers)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Provider", "Circuit", "Failures", "Successes", "Next test");
        foreach (var (name, circuit) in providers.Select(provider => (provider.Name, provider.CircuitBreaker)))
        {
            table.AddRow(
                new Text(name),
                new Markup(DrillMarkup.State(circuit.State)),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{circuit.FailureCount}/{circuit.Options.FailureThreshold}")),
                new Text(circuit.SuccessCount.ToString(CultureInfo.InvariantCulture)),
                new Text(NextTest(circuit)));
        }

        return table;
    }

    private static string NextTest(CircuitStatus circuit) => circuit.State switch
    {
        CircuitState.Open when circuit.RetryAfter is { } wait && wait > TimeSpan.Zero =>
            string.Create(CultureInfo.InvariantCulture, $"in {wait.TotalSeconds:0.0} s"),
        CircuitState.Open => "with the next request",
        CircuitState.HalfOpen => "now",
        _ => "",
    };
}
