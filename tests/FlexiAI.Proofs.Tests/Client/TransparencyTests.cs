using CsCheck;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests.Client;

/// <summary>A client over one healthy provider beside that provider's own client.</summary>
public class TransparencyTests
{
    private static readonly Gen<ChatResponseUpdate> Update = Gen.OneOf(
        Gen.Const(() => new ChatResponseUpdate { Role = ChatRole.Assistant }),
        Gen.String.Select(text => new ChatResponseUpdate(ChatRole.Assistant, text)),
        Gen.Int[0, 9].Select(tokens => new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { OutputTokenCount = tokens })])),
        Gen.String.Select(thought => new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent(thought)])));

    private static readonly Gen<(ChatResponseUpdate[] Updates, int Taken)> Stream =
        from before in Update.Array[0, 5]
        from after in Update.Array[0, 10]
        from taken in Gen.Int[1, 20]
        select ((ChatResponseUpdate[])[.. before, new(ChatRole.Assistant, "content"), .. after, new() { FinishReason = ChatFinishReason.Stop }], taken);

    [Fact]
    public async Task T1_WithNoFailures_TheSameUpdatesComeInTheSameOrder_AndTheStreamIsClosedAsOften() => await Stream.SampleAsync(
        async sample =>
        {
            var (bare, wrapped) = (new PlainChat(sample.Updates), new PlainChat(sample.Updates));
            var options = new FlexiOptions { Providers = [new ChatClientProvider("one", wrapped)] };
            if (sample.Taken % 2 == 0)
            {
                (options.StreamRecovery, options.HedgeAfter, options.RequestTimeout) = (StreamRecovery.Continue, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
            }

            using var client = new FlexiClient(options);

            var expected = await TakeAsync(bare, sample.Taken);
            var seen = await TakeAsync(client, sample.Taken);

            Assert.Equal(expected, seen, ReferenceEqualityComparer.Instance);
            Assert.Equal((bare.Opened, bare.Closed), (wrapped.Opened, wrapped.Closed));
            Assert.Same(bare.Messages, wrapped.Messages);
            Assert.Same(bare.Options, wrapped.Options);
        },
        iter: 1_000,
        print: sample => $"{sample.Taken} of {sample.Updates.Length}");

    [Fact]
    public async Task T1_WithNoFailures_TheSameResponseComes_AndTheClientIsDisposedOnce() => await Stream.SampleAsync(
        async sample =>
        {
            var wrapped = new PlainChat(sample.Updates);
            var options = new ChatOptions { Temperature = sample.Taken };
            ChatMessage[] messages = [new(ChatRole.User, "Hello")];
            using (var client = new FlexiClient(new FlexiOptions { Providers = [new ChatClientProvider("one", wrapped)] }))
            {
                var response = await client.GetResponseAsync(messages, options);

                Assert.Same(wrapped.Response, response);
                Assert.Same(messages, wrapped.Messages);
                Assert.Same(options, wrapped.Options);
                Assert.Equal(0, wrapped.Disposals);
            }

            Assert.Equal(1, wrapped.Disposals);
        },
        iter: 300);

    private static readonly ChatMessage[] Hello = [new(ChatRole.User, "Hello")];

    private static async Task<List<ChatResponseUpdate>> TakeAsync(IChatClient client, int count)
    {
        List<ChatResponseUpdate> taken = [];
        await foreach (var update in client.GetStreamingResponseAsync(Hello))
        {
            taken.Add(update);
            if (taken.Count == count)
            {
                break;
            }
        }

        return taken;
    }

    private sealed class PlainChat(ChatResponseUpdate[] updates) : IChatClient
    {
        public ChatResponse Response { get; } = updates.ToChatResponse();

        public object? Messages { get; private set; }

        public ChatOptions? Options { get; private set; }

        public int Opened { get; private set; }

        public int Closed { get; private set; }

        public int Disposals { get; private set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            (Messages, Options) = (messages, options);
            return Task.FromResult(Response);
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            (Messages, Options) = (messages, options);
            Opened++;
            try
            {
                foreach (var update in updates)
                {
                    await Task.CompletedTask;
                    yield return update;
                }
            }
            finally
            {
                Closed++;
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() => Disposals++;
    }
}
