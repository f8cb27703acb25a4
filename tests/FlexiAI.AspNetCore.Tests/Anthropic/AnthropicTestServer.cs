using System.Buffers;
using System.Text.Json;
using Anthropic;
using Anthropic.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace FlexiAI.Tests;

/// <summary>Answers Messages requests on a real socket with what a test has laid ready.</summary>
internal sealed class AnthropicTestServer : IAsyncDisposable
{
    public static readonly WireAnswer Answer = new("01", "other-model", DateTimeOffset.UnixEpoch);

    private readonly WebApplication _app;

    private AnthropicTestServer(WebApplication app) => _app = app;

    public ChatResponse Response { get; set; } = new(new ChatMessage(ChatRole.Assistant, "Hello")) { FinishReason = ChatFinishReason.Stop };

    public IReadOnlyList<ChatResponseUpdate> Updates { get; set; } = [];

    /// <summary>The error that is answered, or with which a stream ends.</summary>
    public WireError? Error { get; set; }

    public WireChat? Received { get; private set; }

    public static async Task<AnthropicTestServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new AnthropicTestServer(app);
        app.MapPost("/v1/messages", server.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public AnthropicClient Client() => new(new ClientOptions { ApiKey = "k", BaseUrl = _app.Urls.Single(), MaxRetries = 0 });

    public IChatClient ChatClient() => Client().AsIChatClient("any-model", 100);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var wire = AnthropicCallerWire.Instance;
        var output = context.Response.BodyWriter;
        try
        {
            Received = wire.ReadChat(body.ToArray());
        }
        catch (WireException e)
        {
            Error = new WireError(400, "invalid_request", e.Message) { Param = e.Param };
        }

        using var json = JsonDocument.Parse(body.ToArray());
        var streamed = json.RootElement.TryGetProperty("stream", out var stream) && stream.GetBoolean();
        context.Response.ContentType = streamed && Updates.Count > 0 ? "text/event-stream" : "application/json";
        if (streamed && Updates.Count > 0)
        {
            await StreamAsync(wire.BeginStream(Received!, Answer), output, context);
        }
        else if (Error is { } error)
        {
            context.Response.StatusCode = error.Status;
            wire.WriteError(output, error);
        }
        else
        {
            wire.WriteReply(output, Response, Answer);
        }

        await output.FlushAsync(context.RequestAborted);
    }

    private async Task StreamAsync(WireStream stream, System.IO.Pipelines.PipeWriter output, HttpContext context)
    {
        foreach (var update in Updates)
        {
            stream.Write(output, update);
            await output.FlushAsync(context.RequestAborted);
        }

        if (Error is { } error)
        {
            AnthropicCallerWire.Instance.WriteErrorEvent(output, error);
        }
        else
        {
            stream.End(output);
        }
    }
}
