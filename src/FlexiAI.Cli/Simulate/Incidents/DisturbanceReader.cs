namespace FlexiAI.Cli;

/// <summary>Makes a <see cref="Disturbance"/> of an entry of <c>events</c>. Each kind has fields of its own besides those that all have.</summary>
internal static class DisturbanceReader
{
    private static readonly string[] Common = ["kind", "from", "to", "share", "endShare"];
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    public static Disturbance Read(JsonField field, TimeSpan duration)
    {
        _ = field.Properties();
        var kind = Kind(field.Required("kind", Kinds));
        field.Object([.. Common, .. OwnFields(kind)]);
        var from = field.Required("from", "a time such as \"00:10:00\"").Time(TimeSpan.Zero, duration);
        var share = Share(field.Optional("share")) ?? 1;
        return new Disturbance
        {
            Kind = kind,
            From = from,
            To = field.Required("to", "a time such as \"00:40:00\"").Time(from + Tick, duration),
            Share = share,
            EndShare = Share(field.Optional("endShare")) ?? share,
            Status = (int)(field.Optional("status")?.Whole(400, 599) ?? 503),
            After = After(field, kind),
            RetryAfter = field.Optional("retryAfter")?.Time(Tick, Longest),
            Allowed = field.Optional("allowed")?.Number(0, 10_000, "requests per second, 0 to 10,000"),
            Latency = kind == DisturbanceKind.Slow ? IncidentReader.Latency(field.Required("latency", "an object with p50 and p99")) : null,
        };
    }

    private static string Kinds => string.Join(", ", Enum.GetValues<DisturbanceKind>().Select(kind => $"\"{Disturbance.WordFor(kind)}\""));

    private static DisturbanceKind Kind(JsonField field)
    {
        var word = field.Text();
        foreach (var kind in Enum.GetValues<DisturbanceKind>())
        {
            if (word == Disturbance.WordFor(kind))
            {
                return kind;
            }
        }

        throw field.Wrong(Kinds);
    }

    private static string[] OwnFields(DisturbanceKind kind) => kind switch
    {
        DisturbanceKind.Error => ["status", "after"],
        DisturbanceKind.Refuse => ["after"],
        DisturbanceKind.Delay => ["by"],
        DisturbanceKind.Slow => ["latency"],
        DisturbanceKind.RateLimit => ["retryAfter", "allowed", "after"],
        _ => [],
    };

    private static TimeSpan After(JsonField field, DisturbanceKind kind) => kind == DisturbanceKind.Delay
        ? field.Required("by", "a time such as \"00:00:30\"").Time(Tick, Longest)
        : field.Optional("after")?.Time(Tick, Longest) ?? TimeSpan.FromMilliseconds(100);

    private static double? Share(JsonField? field) => field?.Number(0, 1, "a share from 0 to 1");
}
