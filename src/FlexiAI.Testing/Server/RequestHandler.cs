using Microsoft.AspNetCore.Http;

namespace FlexiAI.Testing;

/// <summary>Takes a request from arrival to its end: records it, asks the script for a fault, plays that or the answer.</summary>
internal sealed class RequestHandler(
    Wire wire, FaultScript faults, FaultScript tokenFaults, RequestLog log, Func<SimulatedRequest, SimulatedAnswer> answer, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context, CancellationToken stopping)
    {
        var clientGone = context.RequestAborted;
        var raw = await RawRequest.ReadAsync(context).ConfigureAwait(false);
        var call = wire.Read(raw);
        var request = log.Add(number => new SimulatedRequest(raw, call, number, time.GetUtcNow(), time.GetTimestamp()));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(clientGone, stopping);
        var ending = SimulatedEnding.Broken;
        Exchange? exchange = null;
        try
        {
            var fault = (call.Operation == SimulatedOperation.Token ? tokenFaults : faults).Take(request);
            request.Fault = fault?.Description;
            exchange = new Exchange(context, request, wire, fault, time, ended.Token);
            await PlayAsync(exchange, fault).ConfigureAwait(false);
            if (exchange.IsTruncated)
            {
                throw new TruncatedException();
            }

            if (!clientGone.IsCancellationRequested)
            {
                await context.Response.CompleteAsync().ConfigureAwait(false);
            }

            ending = !exchange.IsBroken && !exchange.IsSent && clientGone.IsCancellationRequested ? SimulatedEnding.ClientAborted : EndOf(exchange);
        }
        catch (Exception) when (ended.IsCancellationRequested)
        {
            // A provider that stops drops its connections, which looks as if the clients had gone.
            ending = exchange is { IsSent: true } ? EndOf(exchange)
                : stopping.IsCancellationRequested ? SimulatedEnding.ProviderStopped
                : SimulatedEnding.ClientAborted;
            context.Abort();
        }
        finally
        {
            request.End(ending);
        }
    }

    private static SimulatedEnding EndOf(Exchange exchange) =>
        exchange.IsBroken ? SimulatedEnding.Broken : exchange.Request.Status >= 400 ? SimulatedEnding.Refused : SimulatedEnding.Answered;

    private async Task PlayAsync(Exchange exchange, Fault? fault)
    {
        await exchange.DelayAsync(fault?.DelayBeforeHeaders ?? TimeSpan.Zero).ConfigureAwait(false);
        if (fault?.Instead is { } instead)
        {
            await instead(exchange).ConfigureAwait(false);
            return;
        }

        var player = new ReplyPlayer(exchange, fault?.Plan ?? PlayPlan.Faithful);
        await player.PlayAsync(Reply(exchange.Request)).ConfigureAwait(false);
    }

    /// <summary>A responder that throws is a mistake in a test: it is told in the error's message rather than lost in the server.</summary>
    private WireReply Reply(SimulatedRequest request)
    {
        try
        {
            return wire.Reply(request, answer);
        }
        catch (Exception exception)
        {
            return wire.Error(request, new VendorError(VendorErrorKind.ServerError) { Message = $"The responder failed: {exception.Message}" });
        }
    }

    /// <summary>Makes Kestrel close the connection without the end of the reply. It never leaves this assembly.</summary>
    private sealed class TruncatedException : Exception;
}
