using Microsoft.Extensions.AI;

namespace FlexiAI.Tests.Client;

/// <summary>One request under way, as its onlooker sees it.</summary>
internal sealed class ClientRequest(Ask ask, string? primary) : IDisposable
{
    public Ask Ask { get; } = ask;

    /// <summary>Who was first when it began.</summary>
    public string? Primary { get; } = primary;

    public Queue<Call> Calls { get; } = new(ask.Calls);

    public CancellationTokenSource Caller { get; } = new();

    /// <summary>The providers that were called, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>The providers that refused when it was their turn.</summary>
    public HashSet<string> PassedOver { get; } = [];

    /// <summary>What each call that came so far had to say.</summary>
    public List<ChatResponseUpdate[]> Output { get; } = [];

    public List<ChatResponse> Responses { get; } = [];

    /// <summary>What reached the caller.</summary>
    public List<ChatResponseUpdate> Seen { get; } = [];

    public ChatResponse? Answer { get; set; }

    public int OpenStreams { get; set; }

    public bool FailedTotally { get; set; }

    public bool StoppedEarly { get; set; }

    public Task Work { get; set; } = Task.CompletedTask;

    public void Dispose() => Caller.Dispose();
}
