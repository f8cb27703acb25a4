using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace FlexiAI.Cli;

/// <summary>A gateway's news as they come.</summary>
internal sealed class RemoteEvents(HttpResponseMessage response, RemoteRefusal refusal) : IDisposable
{
    // A gateway gives a sign of life every 15 seconds.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(45);

    /// <summary>Reads until the gateway ends the stream.</summary>
    /// <exception cref="RemoteException">The stream broke, or tells something that no gateway tells.</exception>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync([EnumeratorCancellation] CancellationToken cancelled)
    {
        using var limit = new RemoteTimeLimit(LongestSilence, cancelled);
        var stream = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
        var items = SseParser.Create(stream).EnumerateAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        await using var end = items.ConfigureAwait(false);
        while (await NextAsync(items, limit).ConfigureAwait(false))
        {
            limit.Restart();
            yield return items.Current;
        }
    }

    /// <summary>That an event says something else than its name promises.</summary>
    public RemoteException Foreign(string name) => refusal.Foreign($"its event {name} says something else");

    public void Dispose() => response.Dispose();

    private async Task<bool> NextAsync(IAsyncEnumerator<SseItem<string>> items, RemoteTimeLimit limit)
    {
        try
        {
            return await items.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw refusal.Unreachable(e.Message);
        }
        catch (OperationCanceledException) when (limit.IsOver)
        {
            throw refusal.Unreachable($"no sign of life for {Words.Seconds(LongestSilence)}");
        }
    }
}
