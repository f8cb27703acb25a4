namespace FlexiAI;

/// <summary>Sends a caller's bytes to a provider of the same wire, and takes the reply as far as it decides the attempt.</summary>
/// <param name="request">What is asked.</param>
/// <param name="attempt">The attempt.</param>
/// <param name="keepsText">Whether a stream's text is kept for one that takes it up.</param>
internal sealed class RawCall(RelayRequest request, AttemptScope attempt, bool keepsText)
{
    private const int LongestReply = 256 * 1024 * 1024;

    // What a header claims is believed up to here.
    private const int Believed = 1024 * 1024;

    private readonly RawDialect _dialect = request.Endpoint.Dialect;

    /// <summary>Asks once.</summary>
    public async ValueTask<Outcome<RelayAnswer>> AskAsync()
    {
        HttpResponseMessage? response = null;
        var tally = new RawTally(keepsText);
        attempt.Asks(options: null, request.Body.IsStreamed);
        try
        {
            response = await SendAsync().ConfigureAwait(false);
            ThrowIfRefused(response);
            if (request.Body.IsStreamed && IsEventStream(response))
            {
                var stream = await RawStream.OpenAsync(attempt, response, _dialect, tally, KeptHeaders.Of(response, attempt.Provider.Redactor)).ConfigureAwait(false);
                return new RelayAnswer(stream);
            }

            return new RelayAnswer(await ReadAsync(response, tally).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            attempt.Usage = tally.Usage;
            tally.Dispose();
            response?.Dispose();
            if (e is RawErrorException { Status: < 300 } error && attempt.Exchange is { } exchange)
            {
                // An error within a success is classified by its words, as one with a status of its own.
                exchange.ErrorBody = error.Body;
            }

            return e;
        }
    }

    private async ValueTask<HttpResponseMessage> SendAsync()
    {
        var provider = attempt.Provider;
        var wire = provider.Wire!;
        attempt.Exchange?.TakesAnyType = _dialect.TakesAnyType;
        using var message = new HttpRequestMessage(HttpMethod.Post, wire.AddressOf(request.Endpoint.Path));
        message.Content = new SplicedContent(request.Body, request.ModelFor(provider, wire));
        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        await wire.Authorize(message, attempt.Token).ConfigureAwait(false);
        var sending = provider.Http.SendAsync(message, attempt.Token);
        var sent = await Abandon.WaitAsync(sending, attempt.Token).ConfigureAwait(false);
        if (sent.Failure is not { } failure)
        {
            return sent.Result!;
        }

        if (!sending.IsCompleted)
        {
            _ = HangUpAsync(sending);
        }

        throw failure;
    }

    // A handler of the user's own that heeds no token: what it brings in the end is nobody's any more.
    private static async Task HangUpAsync(Task<HttpResponseMessage> sending)
    {
        await ((Task)sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (sending.IsCompletedSuccessfully)
        {
            (await sending.ConfigureAwait(false)).Dispose();
        }
    }

    private void ThrowIfRefused(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var status = (int)response.StatusCode;
        if (request.Endpoint.IsOptional && status is 404 or 405)
        {
            request.EndpointIsMissing = true;
            throw new AnswerException(FailureKind.InvalidRequest, $"The provider answered with HTTP {status}: it does not offer {request.Endpoint.Path}, or not for this model.");
        }

        // It may reach the caller as it stands.
        throw new RawErrorException(status, attempt.Exchange?.ErrorBody is { } body ? attempt.Provider.Redactor.Redact(body) : null);
    }

    private static bool IsEventStream(HttpResponseMessage response) =>
        string.Equals(response.Content.Headers.ContentType?.MediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase);

    private async ValueTask<RawReply> ReadAsync(HttpResponseMessage response, RawTally tally)
    {
        var content = response.Content;
        var length = (int)Math.Clamp(content.Headers.ContentLength ?? 0, 0, Believed);
        var stream = await content.ReadAsStreamAsync(attempt.Token).ConfigureAwait(false);
        await using var hangUp = attempt.Token.UnsafeRegister(static response => ((HttpResponseMessage)response!).Dispose(), response).ConfigureAwait(false);
        var body = await ReadToEndAsync(stream, length, attempt.Token).ConfigureAwait(false);
        var isJson = content.Headers.ContentType?.MediaType is not { } type || type.EndsWith("json", StringComparison.OrdinalIgnoreCase);
        if (isJson)
        {
            _dialect.ReadReply(body.Span, tally);
        }

        if (request.Body.IsStreamed && !_dialect.TakesAnyType)
        {
            throw new AnswerException(FailureKind.InvalidResponse, "The reply is no event stream, which was asked for.");
        }

        if (!isJson && !_dialect.TakesAnyType)
        {
            throw new AnswerException(FailureKind.InvalidResponse, "The reply is an event stream, which was not asked for.");
        }

        _dialect.Check(tally, attempt.Provider.Options.RequiresFinishReason);
        attempt.Usage = tally.Usage;
        attempt.IsAnswered(tally.Model, tally.Id, tally.FinishReason);
        var reply = new RawReply(body, KeptHeaders.TypeOf(content), KeptHeaders.Of(response, attempt.Provider.Redactor), tally);
        response.Dispose();
        return reply;
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadToEndAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length > 0 ? length + 1 : 16 * 1024];
        var filled = 0;
        while (await stream.ReadAsync(bytes.AsMemory(filled), cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            filled += read;
            if (filled > LongestReply)
            {
                throw new AnswerException(FailureKind.InvalidResponse, "The reply is longer than 256 MiB.");
            }

            if (filled == bytes.Length)
            {
                Array.Resize(ref bytes, bytes.Length * 2);
            }
        }

        return bytes.AsMemory(0, filled);
    }
}
