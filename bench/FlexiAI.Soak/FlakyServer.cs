using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlexiAI.Soak;

/// <summary>
/// A provider behind real sockets, asked in OpenAI's format. Not one of FlexiAI.Testing, which remembers every request: here memory is what is measured.
/// </summary>
internal sealed class FlakyServer(Weather weather) : IAsyncDisposable
{
    private const string Reply = """
        {"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"fair"}}],"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}
        """;

    private const string Piece = """
        data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"finish_reason":null,"delta":{"role":"assistant","content":"fair "}}]}


        """;

    private const string Finish = """
        data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","delta":{}}]}

        data: [DONE]


        """;

    private WebApplication? _app;

    public string BaseUrl => _app!.Urls.Single() + "/v1";

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
    }

    public ValueTask DisposeAsync() => _app!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var stream = (await reader.ReadToEndAsync(context.RequestAborted)).Contains("\"stream\":true", StringComparison.Ordinal);
        var trouble = weather.Next();
        switch (trouble)
        {
            case Trouble.ServerError:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            case Trouble.InvalidRequest:
                context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return;
            case Trouble.RateLimited:
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                context.Response.Headers["retry-after-ms"] = "100";
                return;
            case Trouble.BrokenConnection when !stream:
                context.Abort();
                return;
            case Trouble.Silence or Trouble.Deaf:
                await Task.Delay(TimeSpan.FromSeconds(1), context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
        }

        context.Response.ContentType = stream ? "text/event-stream" : "application/json";
        if (!stream)
        {
            await context.Response.WriteAsync(Reply, context.RequestAborted);
            return;
        }

        for (var i = 0; i < 3; i++)
        {
            await context.Response.WriteAsync(Piece, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        if (trouble == Trouble.BrokenConnection)
        {
            context.Abort();
            return;
        }

        await context.Response.WriteAsync(Finish, context.RequestAborted);
    }
}
