using System.Globalization;
using Microsoft.Extensions.AI;

namespace FlexiAI.Cli;

/// <summary>Sends a drill's requests, one after the other, and tells the view how each went.</summary>
internal sealed class DrillRequests : IDisposable
{
    private readonly FlexiClient _client;
    private readonly IDrillView _view;
    private readonly TransitionLog _transitions;
    private readonly long _begin = TimeProvider.System.GetTimestamp();
    private readonly List<DrillRequest> _sent = [];

    public DrillRequests(FlexiClient client, IDrillView view)
    {
        (_client, _view) = (client, view);
        _transitions = new TransitionLog(client, Now, view.Transition);
    }

    public IReadOnlyList<DrillRequest> Sent => _sent;

    public IReadOnlyList<DrillTransition> Transitions => _transitions.Told;

    public async Task<DrillRequest> SendAsync(CancellationToken cancelled)
    {
        var n = _sent.Count + 1;
        _view.Asking(n);
        var (provider, attempts) = await AskAsync(_client, string.Create(CultureInfo.InvariantCulture, $"Request {n}"), cancelled).ConfigureAwait(false);
        var status = _client.GetProviderStatus();
        await _transitions.CatchUpAsync(status, cancelled).ConfigureAwait(false);
        var request = new DrillRequest(
            Now(),
            "request",
            n,
            provider is null ? "failure" : "success",
            provider,
            attempts,
            status.ToDictionary(entry => entry.Name, entry => Words.Of(entry.CircuitBreaker.State)));
        _sent.Add(request);
        _view.Request(request);
        return request;
    }

    public DrillSummary Summarize(bool recovered)
    {
        var succeeded = _sent.Count(request => request.Provider is not null);
        return new DrillSummary("summary", _sent.Count, succeeded, _sent.Count - succeeded, recovered);
    }

    /// <summary>Sends one request; says who answered, if anybody did, and what was tried.</summary>
    public static async Task<(string? Provider, IReadOnlyList<DrillAttempt> Attempts)> AskAsync(FlexiClient client, string prompt, CancellationToken cancelled)
    {
        try
        {
            var response = await client.GetResponseAsync(prompt, cancellationToken: cancelled).ConfigureAwait(false);
            return (response.Provider, Describe(response.Attempts));
        }
        catch (AllProvidersFailedException e)
        {
            return (null, Describe(e.Attempts));
        }
    }

    public void Dispose() => _transitions.Dispose();

    private static IReadOnlyList<DrillAttempt> Describe(IEnumerable<Attempt> attempts) =>
        [.. attempts.Select(attempt => new DrillAttempt(attempt.Provider, Words.Of(attempt.Outcome), attempt.Kind?.ToString()))];

    private double Now() => Math.Round(TimeProvider.System.GetElapsedTime(_begin).TotalSeconds, 3);
}
