using System.Text;
using System.Text.Json.Nodes;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>Requests by plain HTTP, to see the bytes that an SDK hides.</summary>
internal static class Raw
{
    public const string Prompt = "How are you today";

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<SimulatedProvider> StartAsync(SimulatedWire wire, SimulatedProviderOptions? options = null) =>
        SimulatedProvider.StartAsync(wire, options, Token);

    public static HttpRequestMessage Request(this SimulatedProvider provider, bool stream = false, string model = "a-model")
    {
        var (path, body) = provider.Wire switch
        {
            SimulatedWire.OpenAI => ("/v1/chat/completions", $$$"""{"model":"{{{model}}}","stream":{{{Json(stream)}}},"messages":[{"role":"user","content":"{{{Prompt}}}"}]}"""),
            SimulatedWire.Anthropic => ("/v1/messages", $$$"""{"model":"{{{model}}}","max_tokens":99,"stream":{{{Json(stream)}}},"messages":[{"role":"user","content":"{{{Prompt}}}"}]}"""),
            _ => ($"/v1beta/models/{model}:{(stream ? "streamGenerateContent?alt=sse" : "generateContent")}", $$$"""{"contents":[{"role":"user","parts":[{"text":"{{{Prompt}}}"}]}]}"""),
        };
        var request = Post(provider, path, body);
        request.Headers.Add("anthropic-version", "2023-06-01");
        return request;
    }

    public static HttpRequestMessage Post(this SimulatedProvider provider, string path, string body) =>
        new(HttpMethod.Post, provider.Origin + path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using var http = new HttpClient();
        return await http.SendAsync(request, Token);
    }

    public static async Task<string> SendTextAsync(HttpRequestMessage request)
    {
        using var response = await SendAsync(request);
        return await response.Content.ReadAsStringAsync(Token);
    }

    public static async Task<JsonNode> SendJsonAsync(HttpRequestMessage request) => JsonNode.Parse(await SendTextAsync(request))!;

    private static string Json(bool value) => value ? "true" : "false";
}
