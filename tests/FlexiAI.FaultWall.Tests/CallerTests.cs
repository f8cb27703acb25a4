using System.Runtime.CompilerServices;
using FlexiAI.FaultWall;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public class CallerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_without_end_is_noted_as_a_hang_with_what_was_received(bool streamed)
    {
        using var client = new Client(new TaskCompletionSource().Task);
        var reply = await new Caller(new LibraryVoice(client), new WallClock(), TimeSpan.FromMilliseconds(200)).AskAsync(streamed);
        Assert.Equal((true, streamed ? "one two" : ""), (reply.Hung, reply.Text));
    }

    [Fact]
    public async Task A_stream_without_end_is_noted_as_a_hang()
    {
        using var client = new Client(null);
        var reply = await new Caller(new LibraryVoice(client), new WallClock()).AskAsync(streamed: true);
        Assert.True(reply.Hung);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_exception_is_noted_with_what_was_received(bool streamed)
    {
        using var client = new Client(Task.FromException(new IOException("reset")));
        var reply = await new Caller(new LibraryVoice(client), new WallClock()).AskAsync(streamed);
        Assert.Equal((false, streamed ? "one two" : ""), (reply.Hung, reply.Text));
        Assert.Equal((nameof(IOException), "reset", false), (reply.Error!.Type, reply.Error.Message, reply.Error.IsClear));
    }

    [Fact]
    public async Task A_timeout_of_the_client_s_is_an_exception_and_no_hang()
    {
        using var client = new Client(Task.FromException(new TimeoutException()));
        var reply = await new Caller(new LibraryVoice(client), new WallClock()).AskAsync(streamed: true);
        Assert.Equal((false, nameof(TimeoutException)), (reply.Hung, reply.Error?.Type));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_is_noted_with_its_text_and_finish_reason(bool streamed)
    {
        using var client = new Client(Task.CompletedTask);
        var reply = await new Caller(new LibraryVoice(client), new WallClock()).AskAsync(streamed);
        Assert.Equal(("one two", "one two", ChatFinishReason.Stop, null), (reply.Text, reply.Joined, reply.Finish!.Value, reply.Error));
    }

    [Fact]
    public async Task Who_waits_for_a_pause_in_the_stream_learns_of_it()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new Client(end.Task);
        var caller = new Caller(new LibraryVoice(client), new WallClock());
        var asked = caller.AskAsync(streamed: true);
        await caller.WaitsAfterAsync("one two", TestContext.Current.CancellationToken);
        end.SetResult();
        Assert.Equal(ChatFinishReason.Stop, (await asked).Finish);
    }

    /// <summary>Says two words, and ends as told, or says them without end. It heeds no token.</summary>
    private sealed class Client(Task? end) : IChatClient
    {
        public async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            await end!;
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, "one two")) { FinishReason = ChatFinishReason.Stop };
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            do
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, "one");
                yield return new ChatResponseUpdate(ChatRole.Assistant, " two");
            }
            while (end is null);
            await end;
            yield return new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop };
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
