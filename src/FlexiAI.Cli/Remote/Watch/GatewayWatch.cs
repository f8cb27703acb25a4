using System.Net.ServerSentEvents;

namespace FlexiAI.Cli;

/// <summary>Watches a gateway, and takes up the connection again whenever it is lost.</summary>
internal sealed class GatewayWatch(RemoteGateway gateway, IWatchView view, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly SeenNews _seen = new();
    private bool _hasBegun;
    private bool _isLost;
    private TimeSpan _pause = FirstPause;

    /// <summary>Watches until it is cancelled.</summary>
    /// <exception cref="RemoteException">There is no gateway from the beginning, or it does not let the caller in.</exception>
    public async Task RunAsync(CancellationToken cancelled)
    {
        while (true)
        {
            try
            {
                await ListenAsync(cancelled).ConfigureAwait(false);
                Lose("it has ended the connection");
            }
            catch (RemoteException e) when (_hasBegun && e.Problem is not RemoteProblem.Refused)
            {
                Lose(e.Message);
            }

            await Task.Delay(_pause, time, cancelled).ConfigureAwait(false);
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        }
    }

    private async Task ListenAsync(CancellationToken cancelled)
    {
        using var events = await gateway.ListenAsync(cancelled).ConfigureAwait(false);
        await foreach (var item in events.ReadAsync(cancelled).ConfigureAwait(false))
        {
            Show(item, events);
        }
    }

    private void Show(SseItem<string> item, RemoteEvents events)
    {
        var types = RemoteJson.Types;
        switch (item.EventType)
        {
            case "hello":
                Begin(RemoteJson.Read(item.Data, types.HelloReport) ?? throw events.Foreign(item.EventType));
                break;
            case "status":
                view.Status(RemoteJson.Read(item.Data, types.StatusNews) ?? throw events.Foreign(item.EventType));
                break;
            case "request":
                Tell(RemoteJson.Read(item.Data, types.ServedRequest) ?? throw events.Foreign(item.EventType));
                break;
            case "transition":
                Tell(RemoteJson.Read(item.Data, types.CircuitChange) ?? throw events.Foreign(item.EventType));
                break;
        }
    }

    // The first time, what was before is the past. Later it is what was missed, in the order in which it came to pass.
    private void Begin(HelloReport hello)
    {
        if (_isLost)
        {
            view.Link(problem: null);
        }

        var missed = hello.Requests.Where(_seen.Add).Select(request => (request.At, Tell: (Action)(() => view.Request(request))))
            .Concat(hello.Transitions.Where(_seen.Add).Select(change => (change.At, Tell: (Action)(() => view.Transition(change)))))
            .OrderBy(news => news.At)
            .ToList();
        if (_hasBegun)
        {
            missed.ForEach(news => news.Tell());
        }

        (_hasBegun, _isLost, _pause) = (true, false, FirstPause);
        view.Status(new StatusNews(hello.Status, hello.Stats, hello.Traffic));
    }

    private void Tell(ServedRequest request)
    {
        if (_seen.Add(request))
        {
            view.Request(request);
        }
    }

    private void Tell(CircuitChange change)
    {
        if (_seen.Add(change))
        {
            view.Transition(change);
        }
    }

    private void Lose(string problem)
    {
        if (!_isLost)
        {
            _isLost = true;
            view.Link(problem);
        }
    }
}
