namespace FlexiAI;

/// <content>Requests that come over a wire: through the gateway.</content>
public sealed partial class FlexiClient
{
    /// <summary>The entries in the order of the configuration.</summary>
    internal IReadOnlyList<Provider> Entries => Providers.All;

    /// <summary>Whether some entry can be asked this at all.</summary>
    internal bool CanServe(RelayRequest request) => Providers.All.Any(request.CanBeServedBy);

    /// <summary>Relays a request, up to the whole reply or to a stream's first content.</summary>
    /// <exception cref="AllProvidersFailedException">No provider answered.</exception>
    /// <exception cref="ProviderException">The request is the caller's own fault; a provider of the caller's own wire said so in an inner <see cref="RawErrorException"/>.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The client is disposed.</exception>
    internal async ValueTask<Relayed> RelayAsync(RelayRequest request, CancellationToken caller)
    {
        ThrowIfDisposed();
        var call = new RelayCall(request, keepsText: request.IsChat && _setups.Current.Settings.MaxTakeUps > 0);
        var span = new RequestSpan(_telemetry, _statistics, call.Operation);
        try
        {
            var answer = await _loop.RunAsync<RelayCall, RelayAnswer>(call, caller, request.Route).ConfigureAwait(false);
            if (answer.Result.Content is RawStream or OpenStream)
            {
                var takeUp = new StreamTakeUp(answer.Run.Setup.Settings, () => request.Chat);
                return new Relayed(answer.Provider, answer.Run, new RelayedStream(answer, takeUp, span));
            }

            answer.Succeed();
            span.Succeeded(answer.Provider.Name);
            return new Relayed(answer.Provider, answer.Run, answer.Result.Content);
        }
        catch (Exception e)
        {
            span.Failed(e);
            throw;
        }
    }
}
