using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using static FlexiAI.Listening;

namespace FlexiAI;

/// <summary>
/// Counts and times attempts. Every tag is a word of ours or of the configuration, never of a caller's or a provider's, so that there are
/// only so many.
/// </summary>
internal sealed class AttemptMeters(Meter meter)
{
    // The boundaries that the conventions name.
    private static readonly InstrumentAdvice<double> Seconds =
        new() { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] };

    private static readonly InstrumentAdvice<long> Tokens =
        new() { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864] };

    // Null where a listener threw when it was shown the instrument.
    private readonly Counter<long>? _attempts = Safely(
        static m => m.CreateCounter<long>("flexiai.attempts", "{attempt}", "Attempts at providers, by outcome and kind of failure."), meter);

    private readonly Histogram<double>? _durations = Time(meter, "flexiai.attempt.duration", "Time that an attempt took.");
    private readonly Histogram<double>? _operations = Time(meter, "gen_ai.client.operation.duration", "GenAI operation duration.");
    private readonly Histogram<double>? _firstChunks =
        Time(meter, "gen_ai.client.operation.time_to_first_chunk", "Time until the first content of a stream.");

    private readonly Histogram<long>? _tokens = Safely(
        static m => m.CreateHistogram("gen_ai.client.token.usage", "{token}", "Number of input and output tokens used.", tags: null, Tokens), meter);

    /// <summary>Whether anybody counts attempts.</summary>
    public bool Wanted =>
        _attempts is { Enabled: true }
        || _durations is { Enabled: true }
        || _operations is { Enabled: true }
        || _firstChunks is { Enabled: true }
        || _tokens is { Enabled: true };

    public void Ended(Provider provider, string operation, Attempt attempt)
    {
        var seconds = attempt.Duration.TotalSeconds;
        var tags = WithEnding(new TagList { Tag(GenAI.Provider, provider.Name) }, attempt);
        Safely(static m => Count(m._attempts, m.tags), (_attempts, tags));
        Safely(static m => Record(m._durations, m.seconds, m.tags), (_durations, seconds, tags));

        var conventional = Conventional(provider, operation);
        Record(_tokens, attempt.Usage?.InputTokenCount, conventional, "input");
        Record(_tokens, attempt.Usage?.OutputTokenCount, conventional, "output");
        conventional = WithEnding(conventional, attempt);
        Safely(static m => Record(m._operations, m.seconds, m.conventional), (_operations, seconds, conventional));
    }

    public void FirstContent(Provider provider, string operation, TimeSpan after) => Safely(
        static m => Record(m._firstChunks, m.after.TotalSeconds, Conventional(m.provider, m.operation)), (_firstChunks, provider, operation, after));

    private static TagList Conventional(Provider provider, string operation)
    {
        var tags = new TagList
        {
            Tag(GenAI.Operation, operation), Tag(GenAI.Vendor, GenAI.VendorOf(provider)), Tag(GenAI.Provider, provider.Name),
        };
        if (provider.Model is { } model)
        {
            tags.Add(Tag(GenAI.RequestModel, model));
        }

        return tags;
    }

    private static TagList WithEnding(TagList tags, Attempt attempt)
    {
        tags.Add(Tag(GenAI.Outcome, attempt.Outcome.ToString()));
        if (attempt.Kind is { } kind)
        {
            tags.Add(Tag(GenAI.ErrorType, kind.ToString()));
        }

        return tags;
    }

    private static Histogram<double>? Time(Meter meter, string name, string description) =>
        Safely(static m => m.meter.CreateHistogram(m.name, "s", m.description, tags: null, Seconds), (meter, name, description));

    private static void Record(Histogram<long>? tokens, long? count, TagList tags, string type)
    {
        if (tokens is not null && count is { } known)
        {
            tags.Add(Tag(GenAI.TokenType, type));
            Safely(
                static m =>
                {
                    m.tokens.Record(m.known, m.tags);
                    return 0;
                },
                (tokens, known, tags));
        }
    }

    private static int Count(Counter<long>? counter, TagList tags)
    {
        counter?.Add(1, tags);
        return 0;
    }

    private static int Record(Histogram<double>? histogram, double value, TagList tags)
    {
        histogram?.Record(value, tags);
        return 0;
    }
}
