using System.Text.Json;

namespace FlexiAI.Cli;

/// <summary>Makes an <see cref="Incident"/> of its JSON.</summary>
internal static class IncidentReader
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <exception cref="InputException">Something in it is not understood, or makes no sense.</exception>
    public static Incident Read(string file, JsonElement json)
    {
        var root = new JsonField(file, "", json)
            .Object("title", "sources", "modelled", "assumed", "duration", "arrivals", "tokens", "seed", "providers");
        CheckSources(root);
        var duration = root.Required("duration", "a time such as \"01:00:00\"").Time(Shortest, Longest);
        var providers = root.Required("providers", "an object with an entry for each provider");
        var incident = new Incident
        {
            File = file,
            Title = root.Optional("title")?.Text() ?? file,
            Duration = duration,
            Arrivals = Arrivals(root.Required("arrivals", "an object with a rate")),
            Tokens = Tokens(root.Optional("tokens")),
            Seed = root.Optional("seed")?.Whole(0, long.MaxValue) ?? 1,
            Providers = [.. providers.Properties().Select(provider => Provider(provider.Name, provider.Field, duration))],
        };
        return incident.Providers.Count > 0 ? incident : throw providers.Wrong("at least one provider");
    }

    /// <summary>How long answers take, as <c>{ "p50": …, "p99": … }</c>.</summary>
    public static Latency Latency(JsonField field)
    {
        var latency = field.Object("p50", "p99");
        var least = TimeSpan.FromMilliseconds(1);
        var p50 = latency.Required("p50", "a time such as \"00:00:01.2\"").Time(least, Longest);
        return new Latency(p50, latency.Required("p99", "a time such as \"00:00:06\"").Time(p50, Longest));
    }

    // Nothing is made of them, but a file that has them in another form was not meant so.
    private static void CheckSources(JsonField root)
    {
        foreach (var source in root.Optional("sources")?.Items() ?? [])
        {
            source.Object("title", "address", "date");
            _ = source.Required("title", "some text").Text();
            _ = source.Required("address", "some text").Text();
            _ = source.Optional("date")?.Text();
        }

        foreach (var line in (root.Optional("modelled")?.Items() ?? []).Concat(root.Optional("assumed")?.Items() ?? []))
        {
            _ = line.Text();
        }
    }

    private static Arrivals Arrivals(JsonField field)
    {
        var arrivals = field.Object("rate", "kind");
        var kind = arrivals.Optional("kind");
        return new Arrivals(
            arrivals.Required("rate", "requests per second, 0.001 to 10,000").Number(0.001, 10_000, "requests per second, 0.001 to 10,000"),
            kind is null || kind.Value.Text() switch { "poisson" => true, "even" => false, _ => throw kind.Value.Wrong("\"poisson\" or \"even\"") });
    }

    private static TokenUse Tokens(JsonField? field) => field?.Object("input", "output") is { } tokens
        ? new TokenUse((int)(tokens.Optional("input")?.Whole(0, 10_000_000) ?? 0), (int)(tokens.Optional("output")?.Whole(0, 10_000_000) ?? 0))
        : new TokenUse(500, 250);

    private static IncidentProvider Provider(string name, JsonField field, TimeSpan duration)
    {
        var provider = field.Object("latency", "events");
        var read = (provider.Optional("events")?.Items() ?? []).Select(e => (Field: e, Event: DisturbanceReader.Read(e, duration))).ToList();
        OverlapCheck.ThrowIfTooMuch(read);
        return new IncidentProvider(
            name,
            provider.Optional("latency") is { } latency ? Latency(latency) : FlexiAI.Cli.Latency.Default,
            [.. read.Select(pair => pair.Event).OrderBy(e => e.From)]);
    }
}
