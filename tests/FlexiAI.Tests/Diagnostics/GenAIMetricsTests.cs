using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace FlexiAI.Tests;

/// <summary>The instruments of the GenAI semantic conventions.</summary>
public sealed class GenAIMetricsTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");
    private readonly TestMeters _meters = new();

    [Fact]
    public async Task Operations_and_tokens_are_measured_by_provider_and_configured_model()
    {
        using var lab = new Lab(_a.Failing(FailureKind.Timeout), _b) { Meters = _meters };
        lab.Entry("b").Model = "b-model";
        using var durations = new MetricCollector<double>(_meters, "FlexiAI", "gen_ai.client.operation.duration");
        using var tokens = new MetricCollector<long>(_meters, "FlexiAI", "gen_ai.client.token.usage");
        _b.Reply = _ =>
        {
            lab.Time.Advance(TimeSpan.FromSeconds(2));
            return Task.FromResult(Answers.Text("x"));
        };

        await lab.AskAsync();

        Assert.Equal(
            [
                (0, "error.type=Timeout,flexiai.outcome=Failure,flexiai.provider=a,gen_ai.operation.name=chat,gen_ai.provider.name=client"),
                (2, "flexiai.outcome=Success,flexiai.provider=b,gen_ai.operation.name=chat,gen_ai.provider.name=client,gen_ai.request.model=b-model"),
            ],
            durations.GetMeasurementSnapshot().Select(m => (m.Value, Sorted(m.Tags))));
        Assert.Equal([("input", 3), ("output", 5)], tokens.GetMeasurementSnapshot().Select(m => ((string)m.Tags["gen_ai.token.type"]!, m.Value)));
        Assert.All(tokens.GetMeasurementSnapshot(), m => Assert.Equal(("b", "b-model"), (m.Tags["flexiai.provider"], m.Tags["gen_ai.request.model"])));
    }

    [Fact]
    public async Task Only_streams_have_a_time_to_the_first_chunk()
    {
        using var lab = new Lab(_a) { Meters = _meters };
        using var firsts = new MetricCollector<double>(_meters, "FlexiAI", "gen_ai.client.operation.time_to_first_chunk");
        _a.Reply = _ =>
        {
            lab.Time.Advance(TimeSpan.FromSeconds(3));
            return Task.FromResult(Answers.Text("x"));
        };

        await lab.AskAsync();
        Assert.Empty(firsts.GetMeasurementSnapshot());
        await lab.AskAsync(streamed: true);

        Assert.Equal(3, Assert.Single(firsts.GetMeasurementSnapshot()).Value);
    }

    [Fact]
    public void Histograms_advise_boundaries_that_fit_their_unit()
    {
        List<Instrument> made = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Scope == _meters)
                {
                    made.Add(instrument);
                }
            },
        };
        listener.Start();
        using var lab = new Lab(_a) { Meters = _meters };
        _ = lab.Client;

        var histograms = made.Where(each => each is Histogram<double> or Histogram<long>).ToList();
        Assert.Equal(4, histograms.Count);
        Assert.All(histograms.OfType<Histogram<double>>(), each => Assert.Equal(("s", 81.92), (each.Unit, each.Advice!.HistogramBucketBoundaries![^1])));
        Assert.All(histograms.OfType<Histogram<long>>(), each => Assert.Equal(("{token}", 67108864), (each.Unit, each.Advice!.HistogramBucketBoundaries![^1])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_tag_is_a_callers_or_a_providers_word(bool streamed)
    {
        const string word = "never-a-tag";
        using var lab = new Lab(_a, _b) { Meters = _meters };
        List<string> tags = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == _meters)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, given, _) => Keep(given));
        listener.SetMeasurementEventCallback<double>((_, _, given, _) => Keep(given));
        listener.Start();
        _a.Reply = _ => throw ProviderException.Create(FailureKind.ServerError, new ProviderFailure("a", word, 500, null, null));
        _b.Reply = _ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, word))
        {
            ModelId = word, ResponseId = word, FinishReason = new ChatFinishReason(word), Usage = new UsageDetails { InputTokenCount = 1 },
        });
        var options = new ChatOptions { ModelId = word, ConversationId = word };

        await (streamed
            ? lab.Client.GetStreamingResponseAsync(word, options, Lab.Stop).ToChatResponseAsync(Lab.Stop)
            : lab.Client.GetResponseAsync(word, options, Lab.Stop));

        Assert.Contains("b", tags);
        Assert.DoesNotContain(word, tags);

        void Keep(ReadOnlySpan<KeyValuePair<string, object?>> given)
        {
            foreach (var (_, value) in given)
            {
                tags.Add($"{value}");
            }
        }
    }

    private static string Sorted(IEnumerable<KeyValuePair<string, object?>> tags) => string.Join(',', tags.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));
}
