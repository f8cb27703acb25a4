using System.Globalization;

namespace FlexiAI.Cli;

/// <summary>What a person reads when the gateway has started: where it is, who serves, and a line to try it with.</summary>
internal static class ServeBanner
{
    public static void Write(TextWriter output, ServeSettings settings, IReadOnlyCollection<string> addresses, string? source, IReadOnlyList<ProviderStatus> providers)
    {
        var address = Reachable(addresses.FirstOrDefault() ?? ServeUrls.Default);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FlexiAI gateway on {string.Join(", ", addresses)}"));
        output.WriteLine(source is null
            ? "Nothing is configured, so these providers are simulated on this machine; no model is asked:"
            : Printable.Of($"Providers from {source}:"));
        foreach (var provider in providers)
        {
            output.WriteLine(Printable.Of(string.Create(CultureInfo.InvariantCulture, $"  {provider.Priority}. {provider.Name} ({provider.Model})")));
        }

        output.WriteLine();
        output.WriteLine($"Dashboard:  {address}/");
        output.WriteLine($"OpenAI:     base URL {address}/v1");
        output.WriteLine($"Anthropic:  base URL {address}");
        output.WriteLine();
        output.WriteLine("Try it:");
        output.WriteLine($"  curl {address}/v1/chat/completions -H 'Content-Type: application/json'{Key(settings)} -d '{{\"model\":\"auto\",\"messages\":[{{\"role\":\"user\",\"content\":\"Hello\"}}]}}'");
        output.WriteLine();
        output.WriteLine("Ctrl+C stops it.");
        output.Flush();
    }

    private static string Key(ServeSettings settings) => settings.Gateway.ClientKeys.Count == 0 ? "" : " -H \"Authorization: Bearer $FLEXIAI_KEY\"";

    // The address of all interfaces is none to call.
    private static string Reachable(string address) => address
        .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal)
        .Replace("//[::]", "//127.0.0.1", StringComparison.Ordinal)
        .Replace("//*", "//127.0.0.1", StringComparison.Ordinal)
        .Replace("//+", "//127.0.0.1", StringComparison.Ordinal)
        .TrimEnd('/');
}
