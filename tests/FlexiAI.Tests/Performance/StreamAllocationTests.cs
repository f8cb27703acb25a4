#pragma warning disable CA2012 // What is awaited allocates: these reads are looked at once, when they are done.
using System.Threading.Tasks.Sources;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests.Performance;

/// <summary>What an update costs in bytes once a stream is committed, clocks running.</summary>
public sealed class StreamAllocationTests
{
    private const int Updates = 500;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void An_update_after_commit_costs_no_byte(bool pending, bool withEverything)
    {
        Bytes.SkipUnlessOptimized();
        var chat = new FakeChat("a");
        var options = new FlexiOptions { Providers = [new ChatClientProvider("a", chat)] };
        if (withEverything)
        {
            (options.StreamRecovery, options.HedgeAfter, options.RequestTimeout) = (StreamRecovery.Continue, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        }

        using var client = new FlexiClient(options);

        Assert.Equal(0, BytesOfTheRest());

        long BytesOfTheRest()
        {
            var least = long.MaxValue;
            for (var i = 0; i < 8; i++)
            {
                var steps = new Steps(pending);
                chat.Stream = _ => steps;
                var reading = client.GetStreamingResponseAsync("Hello").GetAsyncEnumerator();
                Read(reading, steps);
                Read(reading, steps);
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var update = 0; update < Updates; update++)
                {
                    Read(reading, steps);
                }

                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
                Assert.True(reading.DisposeAsync().IsCompletedSuccessfully);
            }

            return least;
        }
    }

    private static void Read(IAsyncEnumerator<ChatResponseUpdate> reading, Steps steps)
    {
        var read = reading.MoveNextAsync();
        steps.Arrive();
        Assert.True(read.IsCompletedSuccessfully);
        Assert.True(read.GetAwaiter().GetResult());
        Assert.NotNull(reading.Current);
    }

    /// <summary>An endless stream that itself allocates nothing; its updates are there at once, or arrive when told.</summary>
    private sealed class Steps(bool pending) : IAsyncEnumerable<ChatResponseUpdate>, IAsyncEnumerator<ChatResponseUpdate>, IValueTaskSource<bool>
    {
        private ManualResetValueTaskSourceCore<bool> _arrival;
        private bool _waiting;

        public ChatResponseUpdate Current { get; } = Answers.Piece("word ");

        public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public ValueTask<bool> MoveNextAsync()
        {
            if (!pending)
            {
                return new(true);
            }

            _arrival.Reset();
            _waiting = true;
            return new(this, _arrival.Version);
        }

        public void Arrive()
        {
            if (_waiting)
            {
                _waiting = false;
                _arrival.SetResult(true);
            }
        }

        public ValueTask DisposeAsync() => default;

        bool IValueTaskSource<bool>.GetResult(short token) => _arrival.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _arrival.GetStatus(token);

        void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _arrival.OnCompleted(continuation, state, token, flags);
    }
}
