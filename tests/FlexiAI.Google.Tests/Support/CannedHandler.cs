using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace FlexiAI.Tests;

/// <summary>Keeps each request and answers with what it was given, for tests of what is written and read; failures are tested over sockets.</summary>
internal sealed class CannedHandler(string reply, string contentType = "application/json; charset=utf-8") : HttpMessageHandler
{
    public const string Answer = """{"candidates":[{"content":{"role":"model","parts":[{"text":"Hi"}]},"finishReason":"STOP"}]}""";

    public List<(Uri Uri, HttpRequestHeaders Headers, string Body)> Requests { get; } = [];

    public static string Events(params string[] data) => string.Concat(data.Select(item => $"data: {item}\r\n\r\n"));

    public JsonElement Body => JsonElement.Parse(Requests[^1].Body);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add((request.RequestUri!, request.Headers, await request.Content!.ReadAsStringAsync(cancellationToken)));
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(reply));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }
}
