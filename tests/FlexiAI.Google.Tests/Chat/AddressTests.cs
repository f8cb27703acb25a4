using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public class AddressTests
{
    [Theory]
    [InlineData(null, "gemini-2.5-flash", "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent")]
    [InlineData("http://localhost:1/", "gemini-2.5-flash", "http://localhost:1/v1beta/models/gemini-2.5-flash:generateContent")]
    [InlineData("http://localhost:1/proxy/v1", "gemini-2.5-flash", "http://localhost:1/proxy/v1/models/gemini-2.5-flash:generateContent")]
    [InlineData(null, "tunedModels/mine", "https://generativelanguage.googleapis.com/v1beta/tunedModels/mine:generateContent")]
    [InlineData(null, "a?b#c", "https://generativelanguage.googleapis.com/v1beta/models/a%3Fb%23c:generateContent")]
    public async Task Gemini_is_called_at(string? baseUrl, string model, string address)
    {
        var handler = new CannedHandler(CannedHandler.Answer);
        await Make.Chat(Make.Gemini(baseUrl, model), handler).GetResponseAsync("Hello", cancellationToken: Make.Cancel);
        var (uri, headers, _) = Assert.Single(handler.Requests);
        Assert.Equal(address, uri.AbsoluteUri);
        Assert.Equal(Make.Key, Assert.Single(headers.GetValues("x-goog-api-key")));
        Assert.Null(headers.Authorization);
    }

    [Theory]
    [InlineData("us-central1", "gemini-2.5-flash", "https://us-central1-aiplatform.googleapis.com/v1/projects/my-project/locations/us-central1/publishers/google/models/gemini-2.5-flash:generateContent")]
    [InlineData("global", "gemini-2.5-flash", "https://aiplatform.googleapis.com/v1/projects/my-project/locations/global/publishers/google/models/gemini-2.5-flash:generateContent")]
    [InlineData("europe-west4", "endpoints/12", "https://europe-west4-aiplatform.googleapis.com/v1/projects/my-project/locations/europe-west4/endpoints/12:generateContent")]
    [InlineData("us-central1", "publishers/x/models/y", "https://us-central1-aiplatform.googleapis.com/v1/projects/my-project/locations/us-central1/publishers/x/models/y:generateContent")]
    [InlineData("us-central1", "projects/p/locations/l/endpoints/1", "https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/l/endpoints/1:generateContent")]
    public async Task Vertex_is_called_at(string location, string model, string address)
    {
        var entry = Make.Vertex(model: model);
        entry.Location = location;
        entry.ApiKey = "not-used";
        var handler = new CannedHandler(CannedHandler.Answer);
        await Make.Chat(entry, handler).GetResponseAsync("Hello", cancellationToken: Make.Cancel);
        var (uri, headers, _) = Assert.Single(handler.Requests);
        Assert.Equal(address, uri.AbsoluteUri);
        Assert.Equal($"Bearer {Make.Token}", headers.Authorization!.ToString());
        Assert.False(headers.Contains("x-goog-api-key"));
    }

    [Fact]
    public async Task A_stream_is_asked_for_as_server_sent_events()
    {
        var handler = new CannedHandler(CannedHandler.Events(CannedHandler.Answer), "text/event-stream");
        await Make.Chat(Make.Gemini(), handler).GetStreamingResponseAsync("Hello", cancellationToken: Make.Cancel).ToChatResponseAsync(Make.Cancel);
        Assert.EndsWith("/models/gemini-2.5-flash:streamGenerateContent?alt=sse", handler.Requests[0].Uri.AbsoluteUri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../v1/other")]
    [InlineData("a//b")]
    public async Task A_model_cannot_lead_elsewhere(string model)
    {
        var handler = new CannedHandler(CannedHandler.Answer);
        await Assert.ThrowsAsync<ArgumentException>(
            () => Make.Chat(Make.Gemini(model: model), handler).GetResponseAsync("Hello", cancellationToken: Make.Cancel));
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public void The_metadata_names_vendor_address_and_model()
    {
        using var gemini = Make.Chat(Make.Gemini(), new CannedHandler(""));
        var metadata = gemini.GetService<ChatClientMetadata>()!;
        Assert.Equal(("gcp.gemini", "gemini-2.5-flash"), (metadata.ProviderName, metadata.DefaultModelId));
        Assert.Equal("https://generativelanguage.googleapis.com/v1beta", metadata.ProviderUri!.AbsoluteUri);
        Assert.Same(gemini, gemini.GetService<IChatClient>());
        Assert.Null(gemini.GetService<ChatClientMetadata>("key"));
        Assert.Null(gemini.GetService<string>());
    }
}
