using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>A stream whose every step the test holds in its hand, and which counts how it is treated.</summary>
internal sealed class FakeStream : IAsyncEnumerable<ChatResponseUpdate>, IAsyncEnumerator<ChatResponseUpdate>
{
    private readonly Queue<Func<Task<bool>>> _steps = new();
    private int _pending;
    private int _disposals;

    public ChatResponseUpdate Current { get; private set; } = null!;

    public int Reads { get; private set; }

    public int Disposals => Volatile.Read(ref _disposals);

    public bool DisposedWhileReading { get; private set; }

    public Exception? FailureOfClosing { get; set; }

    public CancellationToken Token { get; private set; }

    public static FakeStream Of(params ChatResponseUpdate[] updates) => new FakeStream().Then(updates);

    public FakeStream Then(params ChatResponseUpdate[] updates)
    {
        foreach (var update in updates)
        {
            _steps.Enqueue(() =>
            {
                Current = update;
                return Task.FromResult(true);
            });
        }

        return this;
    }

    public FakeStream ThenFail(Exception failure)
    {
        _steps.Enqueue(() => Task.FromException<bool>(failure));
        return this;
    }

    /// <summary>Waits for the test; the result is whether the stream goes on, with <see cref="Current"/> as it was.</summary>
    public FakeStream ThenWait(Task<bool> gate)
    {
        _steps.Enqueue(() => gate);
        return this;
    }

    /// <summary>Is silent until its token is cancelled.</summary>
    public FakeStream ThenSilence()
    {
        _steps.Enqueue(async () =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Token);
            return false;
        });
        return this;
    }

    public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        Token = cancellationToken;
        return this;
    }

    public async ValueTask<bool> MoveNextAsync()
    {
        Interlocked.Increment(ref _pending);
        try
        {
            Reads++;
            return _steps.TryDequeue(out var step) && await step();
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    public ValueTask DisposeAsync()
    {
        DisposedWhileReading |= Volatile.Read(ref _pending) > 0;
        Interlocked.Increment(ref _disposals);
        return FailureOfClosing is { } failure ? ValueTask.FromException(failure) : ValueTask.CompletedTask;
    }
}
