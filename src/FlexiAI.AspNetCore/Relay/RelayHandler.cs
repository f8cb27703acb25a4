using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace FlexiAI;

/// <summary>Answers one request of a caller's wire: reads it, has it relayed, and sends what comes.</summary>
internal sealed class RelayHandler(
    FlexiClient client,
    GatewayRoutes routes,
    IOptions<GatewayOptions> options,
    GatewayDrain drain,
    StatusFeed feed,
    TimeProvider time)
{
    public async Task HandleAsync(HttpContext http, RelayEndpoint endpoint)
    {
        var exchange = new RelayExchange(http, endpoint, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, drain.Ending);
        try
        {
            using var request = await ReadAsync(exchange, stop.Token).ConfigureAwait(false);
            exchange.Request = request;
            var relayed = await client.RelayAsync(request, stop.Token).ConfigureAwait(false);
            exchange.AnsweredBy(relayed);
            await RelaySender.SendAsync(exchange, request, relayed, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            exchange.Cancelled();
        }
        catch (Exception e)
        {
            exchange.Failed(e);
            await RelayErrors.TellAsync(exchange, e, drain.Ending.IsCancellationRequested).ConfigureAwait(false);
        }
        finally
        {
            feed.Report(exchange.ToServedRequest());
        }
    }

    private async Task<RelayRequest> ReadAsync(RelayExchange exchange, CancellationToken cancellationToken)
    {
        var (http, endpoint) = (exchange.Http, exchange.Endpoint);
        var bytes = await RequestBody.ReadAsync(http, options.Value, cancellationToken).ConfigureAwait(false);
        var body = RawBody.Parse(bytes.Memory, bytes);
        exchange.IsStreamed = body.IsStreamed;
        try
        {
            var (route, keepsModel) = RouteFor(endpoint, body);
            var request = RelayRequests.Create(exchange, body, route, keepsModel);
            ThrowUnlessServed(request);
            return request;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private (Route? Route, bool KeepsModel) RouteFor(RelayEndpoint endpoint, RawBody body)
    {
        if (body.Model is not { } model)
        {
            return endpoint.IsOptional ? (null, true)
                : throw new RawBodyException("model", $"model is missing; allowed: {Allowed()}.");
        }

        if (routes.TryFind(model, endpoint.IsEmbeddings, out var route))
        {
            return (route, false);
        }

        // A model that only this endpoint has, such as one that makes images.
        return endpoint.IsOptional ? (null, true)
            : throw new GatewayException(new WireError(404, "model_not_found", $"model is \"{RelayErrors.Shorten(model)}\", which nothing here is called; allowed: {Allowed()}.") { Param = "model" });
    }

    private void ThrowUnlessServed(RelayRequest request)
    {
        if (client.CanServe(request))
        {
            return;
        }

        if (request.IsChat)
        {
            // What says why it is not to be had elsewhere.
            _ = request.Chat;
        }

        var wire = request.Endpoint.Format;
        var able = client.Entries.Where(entry => entry.Wire?.Format == wire).Select(entry => entry.Name).ToList();
        throw RelayErrors.NotFound(
            request.Endpoint.IsEmbeddings ? "No entry that may serve this model offers embeddings; allowed: an entry with an EmbeddingModel."
            : able.Count == 0 ? $"/v1{request.Endpoint.Path} is served by entries of {wire}'s wire alone, and none is configured."
            : $"/v1{request.Endpoint.Path} is served by entries of {wire}'s wire alone; allowed as model: {string.Join(", ", able)}.");
    }

    private string Allowed() => string.Join(", ", routes.Names().Select(name => name.Id).Take(50));
}
