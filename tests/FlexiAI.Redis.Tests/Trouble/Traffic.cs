namespace FlexiAI.Tests;

/// <summary>Requests to every process of a fleet until it is ended, which throws what the first failed one threw.</summary>
internal sealed class Traffic
{
    private readonly Task _requests;
    private volatile bool _ended;
    private int _answered;

    public Traffic(SharingFleet fleet) => _requests = Task.WhenAll(Enumerable.Range(0, fleet.Clients.Count).Select(i => AskAsync(fleet, i)));

    /// <summary>Waits until so many more requests were answered.</summary>
    public Task GoesOnAsync(int requests = 50)
    {
        var enough = Volatile.Read(ref _answered) + requests;
        return SharingFleet.UntilAsync(() => _requests.IsCompleted || Volatile.Read(ref _answered) >= enough, "requests are answered");
    }

    public async Task EndAsync()
    {
        _ended = true;
        await _requests;
    }

    private async Task AskAsync(SharingFleet fleet, int client)
    {
        while (!_ended)
        {
            await fleet.AskAsync(client);
            Interlocked.Increment(ref _answered);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, SharingFleet.Stop);
        }
    }
}
