using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FlexiAI;

/// <summary>Reads the body of a request whole, within its limits of size and time.</summary>
internal static class RequestBody
{
    /// <summary>Reads the body. The entrance of the gateway turns what this throws into the caller's error.</summary>
    /// <param name="context">The request.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="anyType">Whether the body may be other than JSON, as what is passed through may be.</param>
    /// <exception cref="GatewayException">The body is not what may be sent: 400, 408, 413 or 415.</exception>
    /// <exception cref="OperationCanceledException">The caller has gone, or the token is cancelled.</exception>
    public static async Task<PooledBody> ReadAsync(
        HttpContext context, GatewayOptions options, CancellationToken cancellationToken, bool anyType = false)
    {
        BodyType.ThrowIfNotAllowed(context.Request, anyType);
        var claimed = context.Request.ContentLength;
        if (claimed > options.MaxRequestBodySize)
        {
            throw TooLarge(options);
        }

        var time = context.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System;
        using var clock = new CancellationTokenSource(options.RequestBodyTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, context.RequestAborted, cancellationToken);
        var body = new PooledBody(claimed);
        try
        {
            await ReadAsync(context.Request, body, options, linked.Token).ConfigureAwait(false);
            return body;
        }
        catch (Exception e)
        {
            body.Dispose();
            throw e switch
            {
                GatewayException => e,
                BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(options),
                BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => TooSlow(options),
                BadHttpRequestException => Broken(),
                IOException when context.RequestAborted.IsCancellationRequested => new OperationCanceledException("The caller has gone.", e, context.RequestAborted),

                // What Kestrel says of a chunk whose length is beyond numbers.
                IOException => Broken(),
                OperationCanceledException when clock.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested
                    && !cancellationToken.IsCancellationRequested => TooSlow(options),
                _ => e,
            };
        }
    }

    private static async Task ReadAsync(HttpRequest request, PooledBody body, GatewayOptions options, CancellationToken cancellationToken)
    {
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (read.IsCanceled)
            {
                throw new OperationCanceledException(cancellationToken);
            }

            if (body.Length + read.Buffer.Length > options.MaxRequestBodySize)
            {
                throw TooLarge(options);
            }

            body.Append(read.Buffer);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private static GatewayException Broken() =>
        new(new(StatusCodes.Status400BadRequest, "incomplete_body", "The body of the request is broken off or malformed.")) { ClosesConnection = true };

    private static GatewayException TooLarge(GatewayOptions options) => new(new(
        StatusCodes.Status413PayloadTooLarge, "request_too_large", $"The body of the request is too large; allowed: {options.MaxRequestBodySize} bytes."))
    {
        ClosesConnection = true,
    };

    private static GatewayException TooSlow(GatewayOptions options) => new(new(
        StatusCodes.Status408RequestTimeout,
        "request_timeout",
        $"The body of the request arrived too slowly; allowed: {options.RequestBodyTimeout.TotalSeconds} s, and {options.MinRequestBodyDataRate} bytes a second."))
    {
        ClosesConnection = true,
    };
}
