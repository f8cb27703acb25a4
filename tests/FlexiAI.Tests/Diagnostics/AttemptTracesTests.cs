using System.Globalization;
using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>What the span of an attempt says, by the GenAI semantic conventions.</summary>
[Collection("Activities")]
public sealed class AttemptTracesTests
{
    private const string Secret = "very-secret";

    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_attempt_says_what_was_asked_and_what_the_answer_says_of_itself(bool streamed)
    {
        using var lab = new Lab(_a);
        var answer = Answers.Text("Hello");
        (answer.ModelId, answer.ResponseId) = ("a-2026", "reply-1");
        _a.Reply = _ => Task.FromResult(answer);
        var options = new ChatOptions { MaxOutputTokens = 7, Temperature = 0.5f, TopP = 0.9f, Seed = 3 };

        var ended = await Traced.By(() => streamed
            ? lab.Client.GetStreamingResponseAsync("Hello", options, Lab.Stop).ToChatResponseAsync(Lab.Stop)
            : lab.Client.GetResponseAsync("Hello", options, Lab.Stop));

        var attempt = Assert.Single(ended.Attempts());
        Assert.Equal(
            "a-2026, reply-1, 7, 0.5, 0.9, 3, 1, Success",
            string.Create(CultureInfo.InvariantCulture, $"""
            {Tag("gen_ai.response.model")}, {Tag("gen_ai.response.id")}, {Tag("gen_ai.request.max_tokens")}, {Tag("gen_ai.request.temperature")}, {Tag("gen_ai.request.top_p")}, {Tag("gen_ai.request.seed")}, {Tag("flexiai.attempt")}, {Tag("flexiai.outcome")}
            """));
        Assert.Equal(streamed ? true : null, Tag("gen_ai.request.stream"));
        Assert.Equal(["stop"], (string[])Tag("gen_ai.response.finish_reasons")!);

        object? Tag(string name) => attempt.GetTagItem(name);
    }

    [Fact]
    public async Task An_attempt_names_the_server_and_its_status_without_what_the_address_carries_besides()
    {
        await using var server = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: Lab.Stop);
        var entry = PostingProvider.At(server.BaseUrl);
        entry.BaseUrl = $"http://user:{Secret}@{new Uri(server.Origin).Authority}/v1?key={Secret}";
        server.Faults.Next(Fault.Status(503));
        entry.MaxRetries = 1;
        await using var client = new FlexiClient(new FlexiOptions { Providers = [entry], RetryDelay = TimeSpan.Zero });

        var ended = await Traced.By(() => client.GetResponseAsync("Hello", cancellationToken: Lab.Stop));

        Assert.Equal([(1, 503), (2, 200)], ended.Attempts().Select(each => ((int)each.GetTagItem("flexiai.attempt")!, (int)each.GetTagItem("http.response.status_code")!)));
        Assert.All(ended.Attempts(), each => Assert.Equal(
            ("127.0.0.1", new Uri(server.Origin).Port), ((string)each.GetTagItem("server.address")!, (int)each.GetTagItem("server.port")!)));
        Assert.DoesNotContain(Secret, ended.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_span_repeats_what_was_asked_answered_or_said_of_a_failure(bool streamed)
    {
        const string content = "the caller's own words";
        _a.Reply = _ => throw ProviderException.Create(FailureKind.ServerError, new ProviderFailure("a", $"Cannot answer \"{content}\".", 500, null, null));
        _b.Reply = _ => Task.FromResult(Answers.Text(content));
        using var lab = new Lab(_a, _b);
        var options = new ChatOptions { Instructions = content, StopSequences = [content], ModelId = content };

        var answered = await Traced.By(() => streamed
            ? lab.Client.GetStreamingResponseAsync(content, options, Lab.Stop).ToChatResponseAsync(Lab.Stop)
            : lab.Client.GetResponseAsync(content, options, Lab.Stop));
        _b.Reply = _a.Reply;
        var failed = await Traced.By(() => lab.Client.GetResponseAsync(content, options, Lab.Stop));

        Assert.Equal((2, 2), (answered.Attempts().Count, failed.Attempts().Count));
        Assert.DoesNotContain(content, answered.Concat(failed).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Providers_that_are_not_asked_are_events_of_the_request()
    {
        using var lab = new Lab(_a, _b);
        lab.Client.IsolateProvider("a");

        var ended = await Traced.By(() => lab.AskAsync());

        var skipped = Assert.Single(ended.Request().Events);
        Assert.Equal("flexiai.provider.skipped", skipped.Name);
        Assert.Equal([new("flexiai.provider", "a"), new("flexiai.skip.reason", "Isolated")], skipped.Tags);
    }

    [Fact]
    public async Task The_attempt_that_takes_a_stream_up_is_a_child_of_the_same_request()
    {
        _a.Stream = _ => FakeStream.Of(Answers.Piece("One ")).ThenFail(Answers.Failure(FailureKind.Network));
        _b.Stream = _ => FakeStream.Of(Answers.Piece("One two"), Answers.Finish());
        using var lab = new Lab(_a, _b);
        lab.Options.StreamRecovery = StreamRecovery.Continue;

        var ended = await Traced.By(() => lab.AskAsync(streamed: true));

        var request = ended.Request();
        Assert.Equal([("a", 1), ("b", 2)], ended.Attempts().Select(each => ((string)each.GetTagItem("flexiai.provider")!, (int)each.GetTagItem("flexiai.attempt")!)));
        Assert.All(ended.Attempts(), each => Assert.Equal(request.SpanId, each.ParentSpanId));
    }

    [Theory]
    [InlineData("openai", "openai")]
    [InlineData("anthropic", "anthropic")]
    [InlineData("azure-openai", "azure.ai.openai")]
    [InlineData("gemini", "gcp.gemini")]
    [InlineData("vertexai", "gcp.vertex_ai")]
    [InlineData("openai-compatible", "openai-compatible")]
    public async Task Vendors_have_the_names_of_the_conventions(string type, string vendor)
    {
        await using var client = new FlexiClient(new FlexiOptions { Providers = [new TypedEntry(type) { Name = "a", Model = "m" }] });

        var ended = await Traced.By(() => client.GetResponseAsync("Hello", cancellationToken: Lab.Stop));

        Assert.Equal(vendor, Assert.Single(ended.Attempts()).GetTagItem("gen_ai.provider.name"));
    }

    private sealed class TypedEntry(string type) : ProviderOptions
    {
        public override string Type => type;

        protected internal override IChatClient CreateChatClient(HttpClient httpClient) => new FakeChat("typed");
    }
}
