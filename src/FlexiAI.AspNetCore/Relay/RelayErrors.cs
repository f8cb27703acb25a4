using System.Text;
using Microsoft.AspNetCore.Http;

namespace FlexiAI;

/// <summary>Tells a caller why there is no answer: each way in which a request can fail as an HTTP error, or as the event that ends its stream.</summary>
internal static class RelayErrors
{
    private const int LongestEcho = 100;

    // Long enough for the event to arrive and be read: some clients forget what they have not read when the connection breaks.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(250);

    /// <summary>A text of the caller's, cut to what an error may show of it.</summary>
    public static string Shorten(string text) => text.Length <= LongestEcho ? text : $"{text.AsSpan(0, LongestEcho)}…";

    public static GatewayException NotFound(string message) => new(new WireError(404, "not_found", message));

    /// <summary>Tells it. Where the reply has not begun, the entrance writes what is thrown.</summary>
    /// <exception cref="GatewayException">The error to be written.</exception>
    public static async Task TellAsync(RelayExchange exchange, Exception failure, bool isEnding)
    {
        var response = exchange.Http.Response;
        var error = ErrorOf(failure, exchange.Endpoint, isEnding);
        if (!response.HasStarted)
        {
            await ReplyAsync(exchange, failure, error).ConfigureAwait(false);
        }
        else if (exchange.CanTellInStream)
        {
            exchange.Wire.WriteErrorEvent(response.BodyWriter, error ?? Unexpected);
            await response.BodyWriter.FlushAsync(exchange.Http.RequestAborted).ConfigureAwait(false);
            await BreakOffAsync(exchange).ConfigureAwait(false);
        }
        else
        {
            // Nothing that could be said would be understood: what is cut off must look cut off.
            exchange.Http.Abort();
        }
    }

    // A client that knows the event leaves by itself. One that skips it, as OpenAI's for .NET does, would take a clean end for that of the answer.
    private static async Task BreakOffAsync(RelayExchange exchange)
    {
        try
        {
            await Task.Delay(Linger, exchange.Time, exchange.Http.RequestAborted).ConfigureAwait(false);
            exchange.Http.Abort();
        }
        catch (OperationCanceledException)
        {
            // It has left.
        }
    }

    private static WireError Unexpected => new(500, "internal_error", "The gateway failed at this request.");

    private static async Task ReplyAsync(RelayExchange exchange, Exception failure, WireError? error)
    {
        if (failure is ProviderException { InnerException: RawErrorException { Status: >= 400, Body: { Length: > 0 } refusal } })
        {
            // The provider of the caller's own wire said it in its own words.
            exchange.Http.Response.StatusCode = error!.Status;
            exchange.Http.Response.ContentType = refusal.AsSpan().TrimStart().StartsWith("{") ? "application/json" : "text/plain; charset=utf-8";
            await exchange.Http.Response.WriteAsync(refusal, Encoding.UTF8, exchange.Http.RequestAborted).ConfigureAwait(false);
            return;
        }

        throw failure is GatewayException || error is null ? failure : new GatewayException(error) { RetryAfter = error.Status == 503 ? RetryAfterOf(failure) : null };
    }

    private static WireError? ErrorOf(Exception failure, RelayEndpoint endpoint, bool isEnding) => failure switch
    {
        GatewayException own => own.Error,
        RawBodyException body => new WireError(400, "invalid_request_error", body.Message) { Param = body.Param },
        WireException wire => new WireError(400, "invalid_request_error", wire.Message) { Param = wire.Param },
        AllProvidersFailedException all => OfAll(all, endpoint),
        StreamInterruptedException cut => new WireError(502, "stream_interrupted", cut.Message) { Attempts = cut.Attempts },
        ProviderException fault => new WireError(StatusOf(fault), CodeOf(fault.Kind), fault.Reason),
        OperationCanceledException or ObjectDisposedException when isEnding => new WireError(503, "shutting_down", "The gateway is stopping. Another one may answer."),
        _ => null,
    };

    private static WireError OfAll(AllProvidersFailedException all, RelayEndpoint endpoint)
    {
        var asked = all.Attempts.Where(attempt => attempt.Outcome == AttemptOutcome.Failure).ToList();
        if (asked.Count > 0 && asked.TrueForAll(attempt => attempt.Kind == FailureKind.ContextTooLong))
        {
            return new WireError(400, "context_length_exceeded", asked[^1].Reason ?? all.Message) { Attempts = all.Attempts };
        }

        // Only an endpoint that no entry knows is refused so by all of them.
        return endpoint.IsOptional && asked.Count > 0 && all.Attempts.All(attempt => attempt.Kind == FailureKind.InvalidRequest)
            ? new WireError(404, "not_found", all.Message) { Attempts = all.Attempts }
            : new WireError(503, "all_providers_failed", all.Message) { Attempts = all.Attempts };
    }

    private static TimeSpan? RetryAfterOf(Exception failure) => failure switch
    {
        AllProvidersFailedException { RetryAfter: { } wait } => wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1),
        OperationCanceledException or ObjectDisposedException => TimeSpan.FromSeconds(1),
        _ => null,
    };

    private static int StatusOf(ProviderException fault) => fault.StatusCode is >= 400 and < 500 and { } status ? status : 400;

    private static string CodeOf(FailureKind kind) => kind == FailureKind.ContentFiltered ? "content_filter" : "invalid_request_error";
}
