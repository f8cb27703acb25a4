using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests.Client;

/// <summary>A client over scripted providers through a script, on one thread; each request is watched from its beginning to its end.</summary>
internal sealed class ClientRun : IDisposable
{
    private static readonly AsyncLocal<ClientRequest?> s_request = new();

    private readonly List<ClientRequest> _underWay = [];
    private readonly List<TaskCompletionSource> _silent = [];
    private readonly List<string> _complaints = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly ClientScript _script;
    private string? _primary;

    public ClientRun(ClientScript script)
    {
        _script = script;
        Chats = [.. script.Priorities.Select((_, i) => new ScriptedChat($"p{i}", this))];
        Client = new FlexiClient(
            new FlexiOptions
            {
                Providers = [.. Chats.Select((chat, i) => new ChatClientProvider(chat.Name, chat) { Priority = script.Priorities[i], MaxRetries = script.MaxRetries })],
                CircuitBreaker = new() { FailureThreshold = 2, RecoveryTimeout = TimeSpan.FromSeconds(60) },
                FailoverMode = script.Mode,
            },
            timeProvider: Time);
        Client.CircuitChanged += (_, _) => Client.GetProviderStatus();
        Client.CircuitChanged += (_, _) => throw new InvalidOperationException("handler");
    }

    /// <summary>The invariants that did not hold.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public FakeTimeProvider Time { get; } = new();

    public ScriptedChat[] Chats { get; }

    public FlexiClient Client { get; }

    public List<ClientRequest> Requests { get; } = [];

    public (int Succeeded, int Failed, int Cancelled) Ends { get; private set; }

    /// <summary>The request that the code which runs now belongs to.</summary>
    public static ClientRequest Request => s_request.Value!;

    public void Play()
    {
        foreach (var operation in _script.Operations)
        {
            Take(operation);
        }

        // Whoever is silent still runs into a time limit, then the next, and the next.
        for (var i = 0; i < 100 && _underWay.Count > 0; i++)
        {
            Pass(61);
        }

        Assert.Empty(_underWay);
        foreach (var request in Requests)
        {
            // What was found wrong on the way.
            request.Work.GetAwaiter().GetResult();
        }
    }

    /// <summary>A request that this provider is asked first.</summary>
    public void AskNow(string provider, params Call[] calls)
    {
        _primary = provider;
        Client.SetPrimaryProvider(provider);
        Start(new Ask(Streamed: false, Patience.Waits, 0, calls));
    }

    /// <summary>A provider is called: it must be its turn.</summary>
    public Call Begin(ScriptedChat chat)
    {
        Require("every call comes from one thread, or the run could not be repeated", _thread == Environment.CurrentManagedThreadId);
        Require("T2", Request.Seen.Count == 0);
        foreach (var other in Chats.Where(other => other != chat && !Request.Asked.Contains(other.Name) && !Request.PassedOver.Contains(other.Name)))
        {
            var refuses = Refuses(other.Name);
            Require("T3", refuses || Rank(other.Name) >= Rank(chat.Name));
            if (refuses)
            {
                // It may recover while this one is being asked: its turn is over.
                Request.PassedOver.Add(other.Name);
            }
        }

        chat.Calls++;
        Request.Asked.Add(chat.Name);
        return Request.Calls.TryDequeue(out var call) ? call : new Call(Fate.Answers, FailureKind.ServerError, 0);
    }

    /// <summary>Complains for later: thrown at once, it would be a failure of the provider's.</summary>
    public void Require(string id, bool holds) => _complaints.AddRange(holds ? [] : [id]);

    public async Task BeSilentAsync(CancellationToken token)
    {
        var silence = new TaskCompletionSource();
        _silent.Add(silence);
        try
        {
            await silence.Task.WaitAsync(token).ConfigureAwait(false);
        }
        finally
        {
            _silent.Remove(silence);
        }
    }

    public void Dispose() => Client.Dispose();

    private bool Refuses(string name)
    {
        var circuit = Client.GetProviderStatus(name).CircuitBreaker;
        return circuit.State == CircuitState.Isolated || circuit.RetryAfter > TimeSpan.Zero
            || (circuit.State == CircuitState.HalfOpen && _underWay.Exists(other => other != Request && other.Asked.LastOrDefault() == name));
    }

    private int Rank(string name) => name == Request.Primary ? 0 : _script.Priorities[Array.FindIndex(Chats, chat => chat.Name == name)];

    private void Take(ClientOperation operation)
    {
        switch (operation)
        {
            case Ask ask:
                Start(ask);
                break;
            case Pass pass:
                Pass(pass.Seconds);
                break;
            case Speak speak when _silent.Count > 0:
                var silence = _silent[speak.Which % _silent.Count];
                if (speak.Fails)
                {
                    silence.TrySetException(new IOException("reset"));
                }
                else
                {
                    silence.TrySetResult();
                }

                break;
            case GiveUp give when _underWay.Count > 0:
                GiveUp(_underWay[give.Which % _underWay.Count]);
                break;
            case Trip trip:
                for (var i = 0; i < 2; i++)
                {
                    AskNow(Chats[trip.Which % Chats.Length].Name, new Call(Fate.Fails, FailureKind.Authentication, 0));
                }

                Pass(60);
                break;
            case IsolateOne isolate:
                Client.IsolateProvider(Chats[isolate.Which % Chats.Length].Name);
                break;
            case ResetAll:
                Client.ResetCircuitBreakers();
                break;
            case Promote promote:
                _primary = Chats[promote.Which % Chats.Length].Name;
                Client.SetPrimaryProvider(_primary);
                break;
        }
    }

    // A wait before a retry ends on the pool when it is cancelled.
    private static void GiveUp(ClientRequest request)
    {
        request.Caller.Cancel();
        Assert.True(SpinWait.SpinUntil(() => request.Work.IsCompleted, TimeSpan.FromSeconds(60)), "A cancelled request goes on.");
    }

    private void Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private void Start(Ask ask)
    {
        var request = new ClientRequest(ask, _primary);
        Requests.Add(request);
        _underWay.Add(request);
        if (ask.Patience == Patience.CancelledBefore)
        {
            request.Caller.Cancel();
        }

        s_request.Value = request;
        request.Work = WatchAsync(request);
        s_request.Value = null;
        if (ask is { Streamed: false, Patience: Patience.CancelsMidway } && !request.Work.IsCompleted)
        {
            GiveUp(request);
        }
    }

    private async Task WatchAsync(ClientRequest request)
    {
        Exception? failure = null;
        try
        {
            await (request.Ask.Streamed ? StreamAsync(request) : AskAsync(request)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
        {
            failure = e;
        }

        _underWay.Remove(request);
        Ends = failure switch
        {
            null => Ends with { Succeeded = Ends.Succeeded + 1 },
            OperationCanceledException => Ends with { Cancelled = Ends.Cancelled + 1 },
            _ => Ends with { Failed = Ends.Failed + 1 },
        };
        ClientChecks.Ended(this, request, failure);
    }

    private async Task AskAsync(ClientRequest request) =>
        request.Answer = await Client.GetResponseAsync("Hello", cancellationToken: request.Caller.Token).ConfigureAwait(false);

    private async Task StreamAsync(ClientRequest request)
    {
        await foreach (var update in Client.GetStreamingResponseAsync("Hello", cancellationToken: request.Caller.Token).ConfigureAwait(false))
        {
            request.Seen.Add(update);
            if (request.Seen.Count == request.Ask.Updates && request.Ask.Patience is Patience.StopsEarly)
            {
                request.StoppedEarly = true;
                break;
            }

            if (request.Seen.Count == request.Ask.Updates && request.Ask.Patience is Patience.CancelsMidway)
            {
                request.Caller.Cancel();
            }
        }
    }
}
