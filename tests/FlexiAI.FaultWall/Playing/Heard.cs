using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.AI;

namespace FlexiAI.FaultWall;

/// <summary>What has been received of a stream so far, and whether more is awaited.</summary>
internal sealed class Heard
{
    // An answer has about sixty: so many are an endless stream, which must not fill the memory before the patience is over.
    private const int MostUpdates = 1_000;

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waits = [];
    private readonly StringBuilder _text = new();

    public string Text
    {
        get
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }

    public void Forget()
    {
        lock (_text)
        {
            _text.Clear();
        }
    }

    /// <summary>Waits until this text of a stream has been received, more is asked for, and nothing has come yet.</summary>
    public Task WaitsAfterAsync(string text, CancellationToken cancellationToken) => Wait(text).Task.WaitAsync(cancellationToken);

    /// <summary>Receives a stream. False if it has no end.</summary>
    /// <param name="client">Who is asked.</param>
    /// <param name="updates">Takes in the updates.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<bool> StreamAsync(IChatClient client, List<ChatResponseUpdate> updates, CancellationToken cancellationToken)
    {
        await using var stream = client.GetStreamingResponseAsync(Question, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (updates.Count < MostUpdates)
        {
            var next = stream.MoveNextAsync();
            if (!next.IsCompleted)
            {
                Wait(Text).TrySetResult();
            }

            if (!await next)
            {
                return true;
            }

            updates.Add(stream.Current);
            lock (_text)
            {
                _text.Append(stream.Current.Text);
            }
        }

        return false;
    }

    public static string Question => "Tell me something.";

    private TaskCompletionSource Wait(string text) =>
        _waits.GetOrAdd(text, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
