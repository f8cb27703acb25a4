using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

internal static class Make
{
    public const string Key = "AIzaTestKeyTestKeyTestKey";
    public const string Token = "ya29.test-token";

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static GeminiProvider Gemini(string? baseUrl = null, string model = "gemini-2.5-flash") =>
        new() { ApiKey = Key, Model = model, BaseUrl = baseUrl };

    public static VertexAIProvider Vertex(string? baseUrl = null, string model = "gemini-2.5-flash") =>
        new() { Project = "my-project", AccessToken = Token, Model = model, BaseUrl = baseUrl };

    public static IChatClient Chat(ProviderOptions entry, HttpMessageHandler handler) => entry.CreateChatClient(new HttpClient(handler));

    /// <summary>Sends a request and gives the body that was written.</summary>
    public static async Task<JsonElement> WrittenAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, ProviderOptions? entry = null)
    {
        var handler = new CannedHandler(CannedHandler.Answer);
        await Chat(entry ?? Gemini(), handler).GetResponseAsync(messages, options, Cancel);
        return handler.Body;
    }

    public static Task<JsonElement> WrittenAsync(ChatOptions options, ProviderOptions? entry = null) =>
        WrittenAsync([new ChatMessage(ChatRole.User, "Hello")], options, entry);

    public static void EqualJson(string expected, JsonElement actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual.GetRawText())), $"Expected {expected}\nActual   {actual.GetRawText()}");
}
