using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>One call that a <see cref="FakeChat"/> saw.</summary>
internal sealed record FakeCall(int Number, IEnumerable<ChatMessage> Messages, ChatOptions? Options, CancellationToken Token);

/// <summary>A chat client in memory that answers as it is told, and remembers what it was asked.</summary>
internal sealed class FakeChat : IChatClient
{
    private readonly ConcurrentQueue<FakeCall> _calls = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _arrivals = new();
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private int _disposals;

    public FakeChat(string name)
    {
        Name = name;
        Reply = _ => Task.FromResult(Answers.Text($"Hello from {name}"));
        Stream = FromReplyAsync;
    }

    public string Name { get; }

    /// <summary>What a call answers; by default streams are made of it too.</summary>
    public Func<FakeCall, Task<ChatResponse>> Reply { get; set; }

    public Func<FakeCall, IAsyncEnumerable<ChatResponseUpdate>> Stream { get; set; }

    public int Calls => Volatile.Read(ref _count);

    public FakeCall LastCall => _calls.Last();

    public int Disposals => Volatile.Read(ref _disposals);

    /// <summary>Completes when the call of this number, from 1, has arrived.</summary>
    public Task Arrival(int number) => _arrivals.GetOrAdd(number, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public FakeChat Failing(FailureKind kind, TimeSpan? retryAfter = null, int? status = null)
    {
        Reply = _ => Task.FromException<ChatResponse>(Answers.Failure(kind, retryAfter, status));
        return this;
    }

    /// <summary>Fails this often, and answers from then on.</summary>
    public FakeChat FailingFirst(int times, FailureKind kind, TimeSpan? retryAfter = null)
    {
        var healthy = Reply;
        Reply = call => call.Number <= times ? Task.FromException<ChatResponse>(Answers.Failure(kind, retryAfter)) : healthy(call);
        return this;
    }

    public FakeChat Healthy()
    {
        Reply = _ => Task.FromResult(Answers.Text($"Hello from {Name}"));
        return this;
    }

    /// <summary>Never answers, and heeds no token.</summary>
    public FakeChat Deaf()
    {
        Reply = _ => new TaskCompletionSource<ChatResponse>().Task;
        return this;
    }

    /// <summary>Waits until its token is cancelled.</summary>
    public FakeChat Waiting()
    {
        Reply = async call =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, call.Token);
            throw new InvalidOperationException("Not reached.");
        };
        return this;
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Reply(Record(messages, options, cancellationToken));

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Stream(Record(messages, options, cancellationToken));

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    /// <summary>Ends when it is disposed.</summary>
    public Task DisposalAsync() => _disposed.Task;

    public void Dispose()
    {
        Interlocked.Increment(ref _disposals);
        _disposed.TrySetResult();
    }

    private FakeCall Record(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken token)
    {
        var call = new FakeCall(Interlocked.Increment(ref _count), messages, options, token);
        _calls.Enqueue(call);
        _arrivals.GetOrAdd(call.Number, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        return call;
    }

    private async IAsyncEnumerable<ChatResponseUpdate> FromReplyAsync(FakeCall call)
    {
        yield return new ChatResponseUpdate { Role = ChatRole.Assistant };
        var response = await Reply(call);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }
}
