using FlexiAI.Testing;
using Microsoft.AspNetCore.Http;

namespace FlexiAI.Tests;

/// <summary>Streams that say half of their answer and wait for the test with the rest.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;

    public int Waiting => Volatile.Read(ref _waiting);

    public Fault Fault => Fault.Custom("a stream that waits", ReplyAsync);

    public void Open() => _opened.TrySetResult();

    private async Task ReplyAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(Chunk("""{"role":"assistant","content":"first half, "}""", "null"), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        Interlocked.Increment(ref _waiting);
        await _opened.Task.WaitAsync(context.RequestAborted);
        await context.Response.WriteAsync(Chunk("""{"content":"second half"}""", "null") + Chunk("{}", "\"stop\"") + "data: [DONE]\n\n", context.RequestAborted);
    }

    private static string Chunk(string delta, string finish) =>
        $$"""data: {"id":"c-1","object":"chat.completion.chunk","created":1,"model":"model","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{finish}}}]}""" + "\n\n";
}
