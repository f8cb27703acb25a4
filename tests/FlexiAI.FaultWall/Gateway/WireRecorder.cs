namespace FlexiAI.FaultWall;

/// <summary>Keeps what comes over the wire beside what an SDK makes of it: an SDK may pass over an error in a stream in silence.</summary>
internal sealed class WireRecorder() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
{
    private readonly List<Recording> _recordings = [];

    /// <summary>Takes what was recorded since the last time, each read to its end.</summary>
    public async Task<IReadOnlyList<Recording>> TakeAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Recording> taken = [.. _recordings];
        _recordings.Clear();
        foreach (var recording in taken)
        {
            await recording.ReadToEndAsync(cancellationToken);
        }

        return taken;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var recording = new Recording(response, await response.Content.ReadAsStreamAsync(cancellationToken));
        _recordings.Add(recording);
        var content = new StreamContent(recording);
        foreach (var header in response.Content.Headers.NonValidated)
        {
            content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        response.Content = content;
        return response;
    }
}
