using System.Globalization;
using FlexiAI.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlexiAI.GatewayBench;

/// <summary>
/// The provider behind whatever is measured: is overloaded under <c>/down</c>, says nothing under <c>/silent</c> and answers under any other path.
/// </summary>
internal sealed class Upstream
{
    private const string Down = """{"error":{"message":"The server is overloaded.","type":"server_error","param":null,"code":null}}""";

    private readonly WallRecording _whole;
    private readonly WallRecording _stream;
    private readonly WallRecording _message;

    private Upstream(WallRecording whole, WallRecording stream, WallRecording message) => (_whole, _stream, _message) = (whole, stream, message);

    public static async Task RunAsync(int port)
    {
        var upstream = new Upstream(
            await WallRecording.OfAsync(SimulatedWire.OpenAI, Requests.Path, Requests.Whole("gpt-4o-mini")),
            await WallRecording.OfAsync(SimulatedWire.OpenAI, Requests.Path, Requests.Stream("gpt-4o-mini", 0, 0)),
            await WallRecording.OfAsync(SimulatedWire.Anthropic, "/v1/messages", Requests.Whole("claude-3-5-haiku-20241022")));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var app = builder.Build();
        app.Run(upstream.AnswerAsync);
        await app.RunAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        var (isStreamed, gap, pace) = await ReadAsync(http);
        if (path.StartsWith("/silent/", StringComparison.Ordinal))
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
        else if (path.StartsWith("/down/", StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(Down);
        }
        else
        {
            await (isStreamed ? StreamAsync(http, gap, pace) : SendAsync(http, path.EndsWith("/messages", StringComparison.Ordinal) ? _message : _whole));
        }
    }

    private static async Task<(bool IsStreamed, int Gap, int Pace)> ReadAsync(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        var read = await reader.ReadAsync();
        while (!read.IsCompleted)
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await reader.ReadAsync();
        }

        var result = (false, 0, 0);
        var head = read.Buffer.FirstSpan;
        if (head.IndexOf("\"stream\":true"u8) >= 0 && head.IndexOf("\"user\":\""u8) is >= 0 and var at)
        {
            var user = head[(at + 8)..];
            result = (true, int.Parse(user[..3], CultureInfo.InvariantCulture), int.Parse(user[4..7], CultureInfo.InvariantCulture));
        }

        reader.AdvanceTo(read.Buffer.End);
        return result;
    }

    private static async Task SendAsync(HttpContext http, WallRecording reply)
    {
        Begin(http.Response, reply);
        http.Response.ContentLength = reply.Body.Length;
        await http.Response.BodyWriter.WriteAsync(reply.Body);
    }

    private async Task StreamAsync(HttpContext http, int gap, int pace)
    {
        Begin(http.Response, _stream);
        var body = http.Response.BodyWriter;
        for (var i = 0; i < _stream.Events.Count; i++)
        {
            if (i > 0 && (i == 1 ? gap : pace) is > 0 and var wait)
            {
                await Task.Delay(wait);
            }

            await body.WriteAsync(_stream.Events[i]);
        }
    }

    private static void Begin(HttpResponse response, WallRecording reply)
    {
        response.ContentType = reply.ContentType;
        foreach (var (name, value) in reply.Headers)
        {
            response.Headers[name] = value;
        }
    }
}
