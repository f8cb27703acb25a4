using FlexiAI.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace FlexiAI.Tests;

/// <summary>What each type of entry puts on the wire, and what only some servers put there.</summary>
public sealed class OpenAIWireTests
{
    private const string Key = "key-of-mine";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenAI_SendsBearerKey_OrganizationAndProject()
    {
        var request = await SeenAsync(simulated =>
        {
            var entry = Entries.OpenAI(simulated, Key);
            (entry.Organization, entry.Project) = ("org-1", "proj-1");
            return entry;
        });

        Assert.Equal("/v1/chat/completions", request.Path);
        Assert.Equal($"Bearer {Key}", request.Headers["Authorization"]);
        Assert.Equal(("org-1", "proj-1"), (request.Headers["OpenAI-Organization"], request.Headers["OpenAI-Project"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/openai")]
    [InlineData("/openai/v1")]
    [InlineData("/openai/v1/")]
    public async Task Azure_FindsItsEndpoint_HoweverMuchOfItIsGiven_AndSendsApiKey(string suffix)
    {
        var request = await SeenAsync(simulated => new AzureOpenAIProvider { BaseUrl = simulated.Origin + suffix, ApiKey = Key, Model = "my-deployment" });

        Assert.Equal("/openai/v1/chat/completions", request.Path);
        Assert.Equal(Key, request.Headers["api-key"]);
        Assert.False(request.Headers.ContainsKey("Authorization"));
        Assert.Equal("my-deployment", request.Model);
    }

    [Fact]
    public async Task Azure_AsksTheTokenProviderForEachRequest_AndSendsNoKey()
    {
        var asked = 0;
        await using var simulated = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: Stop);
        await using var client = Client(new AzureOpenAIProvider
        {
            BaseUrl = simulated.Origin,
            ApiKey = Key,
            Model = "m",
            TokenProvider = _ => new($"token-{++asked}"),
        });

        await client.GetResponseAsync("Hello", cancellationToken: Stop);
        await client.GetStreamingResponseAsync("Hello", cancellationToken: Stop).ToChatResponseAsync(Stop);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], simulated.Requests.Select(request => request.Headers["Authorization"]));
        Assert.All(simulated.Requests, request => Assert.False(request.Headers.ContainsKey("api-key")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Azure_WithoutAToken_IsAnAuthenticationFailure_AndTheBackupAnswers(bool streamed)
    {
        await using var simulated = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: Stop);
        await using var client = Client(
            new AzureOpenAIProvider { BaseUrl = simulated.Origin, Model = "m", TokenProvider = _ => throw new InvalidOperationException("no login") },
            Entries.OpenAI(simulated, Key));

        var response = streamed
            ? await client.GetStreamingResponseAsync("Hello", cancellationToken: Stop).ToChatResponseAsync(Stop)
            : await client.GetResponseAsync("Hello", cancellationToken: Stop);

        Assert.Equal("openai", response.Provider);
        Assert.Equal(FailureKind.Authentication, response.Attempts[0].Kind);
        Assert.Contains("no login", response.Attempts[0].Reason, StringComparison.Ordinal);
        Assert.Single(simulated.Requests);
    }

    [Fact]
    public async Task Compatible_WithoutKey_SendsNone()
    {
        var request = await SeenAsync(simulated => new OpenAICompatibleProvider { BaseUrl = simulated.BaseUrl, Model = "llama" });

        Assert.False(request.Headers.ContainsKey("Authorization"));
        Assert.False(request.Headers.ContainsKey("api-key"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UseMaxTokens_ChoosesTheNameOfTheLimit_AndLeavesTheCallersOptionsAlone(bool useMaxTokens)
    {
        var options = new ChatOptions { MaxOutputTokens = 7, RawRepresentationFactory = _ => new ChatCompletionOptions { EndUserId = "me" } };
        var request = await SeenAsync(
            simulated => new OpenAICompatibleProvider { BaseUrl = simulated.BaseUrl, Model = "llama", UseMaxTokens = useMaxTokens }, options);

        var json = request.Json!.Value;
        Assert.Equal(7, json.GetProperty(useMaxTokens ? "max_tokens" : "max_completion_tokens").GetInt32());
        Assert.False(json.TryGetProperty(useMaxTokens ? "max_completion_tokens" : "max_tokens", out _));
        Assert.Equal("me", json.GetProperty("user").GetString());
        Assert.Equal(7, options.MaxOutputTokens);
    }

    public static TheoryData<string, FailureKind> StreamsThatFail => new()
    {
        { """{"error":{"code":502,"message":"Provider disconnected"}}""", FailureKind.ServerError },
        { """{"error":{"message":"slow","type":"requests","code":"rate_limit_exceeded"}}""", FailureKind.RateLimited },
        { """{"error":"out of memory"}""", FailureKind.InvalidResponse },
        {
            """{"id":"1","object":"chat.completion.chunk","created":1,"model":"m","error":{"code":502},"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}""",
            FailureKind.ServerError
        },
        { """{"id":"1","choices":{"0":1}}""", FailureKind.InvalidResponse },
        { "[1]", FailureKind.InvalidResponse },
        { "null", FailureKind.InvalidResponse },
        { "{", FailureKind.InvalidResponse },
    };

    [Theory]
    [MemberData(nameof(StreamsThatFail))]
    public async Task AnEventThatIsNoChunk_HasAKind(string data, FailureKind kind)
    {
        var fault = Fault.Custom("an event", async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync($"data: {data}\n\ndata: [DONE]\n\n", context.RequestAborted);
        });
        Assert.Equal(kind, await KindAsync(fault, streamed: true));
    }

    [Theory]
    [InlineData("""{"error":{"code":429,"message":"slow"}}""", FailureKind.RateLimited)]
    [InlineData("""{"error":{"message":"oops"},"choices":[]}""", FailureKind.InvalidResponse)]
    [InlineData("""{"error":"oops"}""", FailureKind.InvalidResponse)]
    [InlineData("""{"choices":[{"index":0}]}""", FailureKind.InvalidResponse)]
    [InlineData("{}", FailureKind.InvalidResponse)]
    [InlineData("null", FailureKind.InvalidResponse)]
    [InlineData("\"error\"", FailureKind.InvalidResponse)]
    [InlineData("{\"error\"", FailureKind.InvalidResponse)]
    public async Task AWholeReplyThatIsNoAnswer_HasAKind(string body, FailureKind kind) =>
        Assert.Equal(kind, await KindAsync(Fault.Status(200, body), streamed: false));

    [Fact]
    public async Task AnAnswerThatSpeaksOfErrors_IsAnAnswer()
    {
        const string Body = """
            {"id":"1","object":"chat.completion","created":1,"model":"m","error":null,
             "choices":[{"index":0,"message":{"role":"assistant","content":"{\"error\":{\"code\":500}}"},"finish_reason":"stop"}]}
            """;
        await using var simulated = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: Stop);
        simulated.Faults.Always(Fault.Status(200, Body));
        await using var client = Client(Entries.OpenAI(simulated, Key));

        Assert.Equal("""{"error":{"code":500}}""", (await client.GetResponseAsync("Hello", cancellationToken: Stop)).Text);
    }

    [Fact]
    public async Task Trap20_EachEntryIsAskedForItsOwnModel_WhateverTheCallerNames()
    {
        await using var first = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: Stop);
        await using var second = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: Stop);
        first.Faults.Always(Fault.ModelNotFound());
        var options = new ChatOptions { ModelId = "the-callers" };
        await using var client = Client(Entries.OpenAI(first, Key), Entries.Compatible(second, Key));

        await client.GetResponseAsync([new ChatMessage(ChatRole.User, "Hello")], options, Stop);

        Assert.Equal(("gpt-4o-mini", "llama"), (first.Requests[0].Model, second.Requests[0].Model));
        Assert.Equal("the-callers", options.ModelId);
    }

    private static FlexiClient Client(params ProviderOptions[] entries)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i].Priority = i + 1;
        }

        return new FlexiClient(new FlexiOptions { Providers = [.. entries] });
    }

    private static async Task<SimulatedRequest> SeenAsync(Func<SimulatedProvider, ProviderOptions> create, ChatOptions? options = null)
    {
        await using var simulated = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: Stop);
        await using var client = Client(create(simulated));
        await client.GetResponseAsync("Hello", options, Stop);
        return Assert.Single(simulated.Requests);
    }

    private static async Task<FailureKind?> KindAsync(Fault fault, bool streamed)
    {
        await using var simulated = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: Stop);
        simulated.Faults.Always(fault);
        var entry = Entries.Compatible(simulated, Key);
        entry.MaxRetries = 0;
        await using var client = Client(entry);

        var exception = await Assert.ThrowsAsync<AllProvidersFailedException>(() => streamed
            ? client.GetStreamingResponseAsync("Hello", cancellationToken: Stop).ToChatResponseAsync(Stop)
            : client.GetResponseAsync("Hello", cancellationToken: Stop));
        return Assert.Single(exception.Attempts).Kind;
    }
}
