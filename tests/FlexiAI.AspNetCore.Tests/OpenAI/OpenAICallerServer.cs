using System.Buffers;
using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OpenAI;

namespace FlexiAI.Tests;

/// <summary>A server that speaks OpenAI's wire by the wire alone, its answers given beforehand.</summary>
internal sealed class OpenAICallerServer : IAsyncDisposable
{
    public static readonly DateTimeOffset Created = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    public static readonly WireAnswer Answer = new("abc", "claude-sonnet", Created);

    private readonly WebApplication _app;

    private OpenAICallerServer(WebApplication app) => _app = app;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public ChatResponse? Reply { get; set; }

    public ChatResponseUpdate[] Updates { get; set; } = [];

    public WireError? Error { get; set; }

    /// <summary>What was asked last.</summary>
    public WireChat? Asked { get; private set; }

    public WireEmbedding? AskedToEmbed { get; private set; }

    public bool? EmbedAsBase64 { get; set; }

    public Uri BaseUrl => new(_app.Urls.Single() + "/v1");

    public OpenAI.Chat.ChatClient Chat => Client.GetChatClient("a-model");

    public OpenAIClient Client => new(new ApiKeyCredential("sk-test"), new OpenAIClientOptions
    {
        Endpoint = BaseUrl,
        RetryPolicy = new ClientRetryPolicy(0),
    });

    public static async Task<OpenAICallerServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new OpenAICallerServer(app);
        app.MapPost("/v1/chat/completions", server.ChatAsync);
        app.MapPost("/v1/embeddings", server.EmbedAsync);
        app.MapGet("/v1/models", context => SendAsync(context, 200, body => OpenAIModelList.Write(body, [("smart", "flexiai"), ("claude", "anthropic")], Created)));
        app.MapGet("/v1/models/claude", context => SendAsync(context, 200, body => OpenAIModelList.WriteOne(body, "claude", "anthropic", Created)));
        await app.StartAsync(Token);
        return server;
    }

    public static async Task<OpenAICallerServer> StartAsync(params AIContent[] contents)
    {
        var server = await StartAsync();
        server.Reply = new ChatResponse(new ChatMessage(ChatRole.Assistant, contents)) { FinishReason = ChatFinishReason.Stop };
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task SendAsync(HttpContext context, int status, Action<ArrayBufferWriter<byte>> write, string type = "application/json")
    {
        var body = new ArrayBufferWriter<byte>();
        write(body);
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    private async Task ChatAsync(HttpContext context)
    {
        try
        {
            Asked = OpenAICallerWire.Instance.ReadChat(await BodyAsync(context));
        }
        catch (WireException exception)
        {
            var error = new WireError(400, "invalid_request", exception.Message) { Param = exception.Param };
            await SendAsync(context, 400, body => OpenAICallerWire.Instance.WriteError(body, error));
            return;
        }

        if (Updates.Length > 0)
        {
            await SendAsync(context, 200, WriteStream, "text/event-stream");
        }
        else if (Error is { } error)
        {
            await SendAsync(context, error.Status, body => OpenAICallerWire.Instance.WriteError(body, error));
        }
        else
        {
            await SendAsync(context, 200, body => OpenAICallerWire.Instance.WriteReply(body, Reply!, Answer));
        }
    }

    private void WriteStream(ArrayBufferWriter<byte> body)
    {
        var stream = OpenAICallerWire.Instance.BeginStream(Asked!, Answer);
        foreach (var update in Updates)
        {
            stream.Write(body, update);
        }

        if (Error is { } error)
        {
            OpenAICallerWire.Instance.WriteErrorEvent(body, error);
            return;
        }

        stream.End(body);
    }

    private async Task EmbedAsync(HttpContext context)
    {
        AskedToEmbed = OpenAIEmbeddingWire.Read(await BodyAsync(context));
        var embeddings = new GeneratedEmbeddings<Embedding<float>>(AskedToEmbed.Values.Select((_, index) => new Embedding<float>(new[] { 0.1f, -2.5e-7f, index })))
        {
            Usage = new UsageDetails { InputTokenCount = 5 },
        };
        await SendAsync(context, 200, body => OpenAIEmbeddingWire.WriteReply(body, embeddings, "an-embedder", EmbedAsBase64 ?? AskedToEmbed.AsBase64));
    }
}
