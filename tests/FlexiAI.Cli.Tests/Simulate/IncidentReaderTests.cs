using System.Text.Json;
using FlexiAI.Cli;

namespace FlexiAI.Tests;

public sealed class IncidentReaderTests
{
    [Theory]
    [InlineData("""{ "duraton": "01:00:00" }""", "duraton is not known; allowed: title, sources, modelled, assumed, duration, arrivals, tokens, seed, providers.")]
    [InlineData("""{ "arrivals": { "rate": 1 }, "providers": { "openai": {} } }""", "duration is missing; allowed: a time such as \"01:00:00\".")]
    [InlineData("""{ "duration": "soon" }""", "duration is \"soon\"; allowed: a time from \"00:00:01\" to \"1.00:00:00\".")]
    [InlineData("""{ "duration": 60 }""", "duration is 60; allowed: a time from")]
    [InlineData("""{ "duration": "01:00:00", "arrivals": { "rate": -5 }, "providers": {} }""", "arrivals.rate is -5; allowed: requests per second, 0.001 to 10,000.")]
    [InlineData("""{ "duration": "01:00:00", "arrivals": { "rate": 5, "kind": "bursts" }, "providers": {} }""", "arrivals.kind is \"bursts\"; allowed: \"poisson\" or \"even\".")]
    [InlineData("""{ "duration": "01:00:00", "arrivals": { "rate": 5 }, "providers": [] }""", "providers is []; allowed: an object.")]
    [InlineData("""{ "duration": "01:00:00", "arrivals": { "rate": 5 }, "providers": {} }""", "providers is {}; allowed: at least one provider.")]
    [InlineData("""{ "duration": "01:00:00", "arrivals": { "rate": 5 }, "tokens": { "input": -1 }, "providers": {} }""", "tokens.input is -1; allowed: a whole number, 0 to 10,000,000.")]
    [InlineData("""{ "duration": "01:00:00", "arrivals": { "rate": 5 }, "seed": 1.5, "providers": {} }""", "seed is 1.5; allowed: a whole number, 0 to")]
    [InlineData("""{ "sources": [ { "title": "x" } ] }""", "sources[0].address is missing; allowed: some text.")]
    public void AWrongFile_IsRefusedWithFileFieldValueAndWhatIsAllowed(string json, string words) => AssertRefused(json, words);

    [Theory]
    [InlineData("""{ "kind": "strike", "from": "00:00:00", "to": "00:10:00" }""", "kind is \"strike\"; allowed: \"error\", \"refuse\", \"hang\", \"delay\", \"slow\", \"rate-limit\", \"truncate\".")]
    [InlineData("""{ "from": "00:00:00", "to": "00:10:00" }""", "kind is missing; allowed: \"error\",")]
    [InlineData("""{ "kind": "hang", "from": "00:00:00", "to": "00:10:00", "status": 500 }""", "status is not known; allowed: kind, from, to, share, endShare.")]
    [InlineData("""{ "kind": "error", "from": "00:10:00", "to": "00:10:00" }""", "to is \"00:10:00\"; allowed: a time from \"00:10:00.0010000\" to \"01:00:00\".")]
    [InlineData("""{ "kind": "error", "from": "00:10:00", "to": "02:00:00" }""", "to is \"02:00:00\"; allowed: a time from")]
    [InlineData("""{ "kind": "error", "from": "00:10:00", "to": "00:20:00", "share": 1.2 }""", "share is 1.2; allowed: a share from 0 to 1.")]
    [InlineData("""{ "kind": "error", "from": "00:10:00", "to": "00:20:00", "status": 200 }""", "status is 200; allowed: a whole number, 400 to 599.")]
    [InlineData("""{ "kind": "delay", "from": "00:10:00", "to": "00:20:00" }""", "by is missing; allowed: a time such as \"00:00:30\".")]
    [InlineData("""{ "kind": "slow", "from": "00:10:00", "to": "00:20:00", "latency": { "p50": "00:00:02", "p99": "00:00:01" } }""", "latency.p99 is \"00:00:01\"; allowed: a time from \"00:00:02\"")]
    [InlineData("""{ "kind": "rate-limit", "from": "00:10:00", "to": "00:20:00", "allowed": -1 }""", "allowed is -1; allowed: requests per second, 0 to 10,000.")]
    public void AWrongEvent_IsRefusedByItsPlace(string json, string words) => AssertRefused(WithEvents(json), "providers.openai.events[0]." + words);

    [Fact]
    public void EventsThatHitMoreThanAllRequests_AreRefused() => AssertRefused(
        WithEvents(
            """{ "kind": "hang", "from": "00:20:00", "to": "00:30:00", "share": 0.5 }""",
            """{ "kind": "error", "from": "00:10:00", "to": "00:30:00", "share": 0.2, "endShare": 0.8 }"""),
        "providers.openai.events[1] overlaps providers.openai.events[0], and at 00:29:59 their shares add up to 1.3; allowed: at most 1.");

    [Fact]
    public void EventsThatShareTheRequests_MayOverlap() => Assert.Equal(
        2,
        Read(WithEvents(
            """{ "kind": "hang", "from": "00:00:00", "to": "00:30:00", "share": 0.5 }""",
            """{ "kind": "error", "from": "00:10:00", "to": "00:40:00", "share": 0.5 }""")).Providers[0].Disturbances.Count);

    [Fact]
    public void WhatIsLeftOut_HasADefault()
    {
        var incident = Read(WithEvents("""{ "kind": "error", "from": "00:00:00", "to": "00:10:00" }"""));
        Assert.Equal(("incident.json", 1, true, 750), (incident.Title, incident.Seed, incident.Arrivals.IsPoisson, incident.Tokens.Total));
        Assert.Equal(Latency.Default, incident.Providers[0].Latency);
        var disturbance = incident.Providers[0].Disturbances[0];
        Assert.Equal((1, 1, 503, TimeSpan.FromMilliseconds(100)), (disturbance.Share, disturbance.EndShare, disturbance.Status, disturbance.After));
    }

    [Fact]
    public void EveryShippedIncident_IsUnderstoodAndNamesItsSources()
    {
        Assert.Equal(["google-cloud-2025-06-12", "openai-2023-11-08", "openai-2024-12-04"], IncidentFile.Shipped);
        Assert.All(IncidentFile.Shipped, name =>
        {
            Assert.NotEmpty(IncidentFile.Read(name).Providers[0].Disturbances);
            var json = JsonElement.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "incidents", $"{name}.json")));
            Assert.All(json.GetProperty("sources").EnumerateArray(), source => Assert.StartsWith("https://", source.GetProperty("address").GetString(), StringComparison.Ordinal));
            Assert.NotEmpty(json.GetProperty("sources").EnumerateArray());
            Assert.NotEmpty(json.GetProperty("modelled").EnumerateArray());
            Assert.NotEmpty(json.GetProperty("assumed").EnumerateArray());
        });
    }

    private static void AssertRefused(string json, string words) =>
        Assert.StartsWith($"incident.json: {words}", Assert.Throws<InputException>(() => Read(json)).Message, StringComparison.Ordinal);

    private static Incident Read(string json) => IncidentReader.Read("incident.json", JsonElement.Parse(json));

    private static string WithEvents(params string[] events) =>
        $$"""{ "duration": "01:00:00", "arrivals": { "rate": 5 }, "providers": { "openai": { "events": [ {{string.Join(", ", events)}} ] } } }""";
}
