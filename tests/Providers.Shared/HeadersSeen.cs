namespace FlexiAI.Tests;

/// <summary>Says when the headers of a reply have come, which no server can tell.</summary>
internal sealed class HeadersSeen() : DelegatingHandler(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero })
{
    private readonly TaskCompletionSource _come = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What happens then, before the client hears of it.</summary>
    public Action Then { get; set; } = () => { };

    public Task Come(CancellationToken stop) => _come.Task.WaitAsync(stop);

    /// <summary>Puts itself below the entry's client.</summary>
    public static HeadersSeen By(ProviderOptions entry)
    {
        var seen = new HeadersSeen();
        entry.HttpHandlerFactory = () => seen;
        return seen;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        Then();
        _come.TrySetResult();
        return response;
    }
}
