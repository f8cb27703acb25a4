using System.IO.Pipelines;
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

        cancellationToken.ThrowIfCancellationRequested();
        var body = new PooledBody(claimed);
        try
        {
            // Most bodies have come with their headers. They are not waited for, so they need no clock.
            if (!TryRead(context.Request.BodyReader, body, options))
            {
                await ReadOnAsync(context, body, options, cancellationToken).ConfigureAwait(false);
            }

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
                _ => e,
            };
        }
    }

    // False where more is to come than is there.
    private static bool TryRead(PipeReader reader, PooledBody body, GatewayOptions options)
    {
        while (reader.TryRead(out var read))
        {
            if (Take(reader, read, body, options))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task ReadOnAsync(HttpContext context, PooledBody body, GatewayOptions options, CancellationToken cancellationToken)
    {
        var time = context.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System;
        using var clock = new CancellationTokenSource(options.RequestBodyTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, context.RequestAborted, cancellationToken);
        var reader = context.Request.BodyReader;
        try
        {
            while (!Take(reader, await reader.ReadAsync(linked.Token).ConfigureAwait(false), body, options))
            {
            }
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested
            && !cancellationToken.IsCancellationRequested)
        {
            throw TooSlow(options);
        }
    }

    // True at the end of the body.
    private static bool Take(PipeReader reader, ReadResult read, PooledBody body, GatewayOptions options)
    {
        if (read.IsCanceled)
        {
            throw new OperationCanceledException();
        }

        if (body.Length + read.Buffer.Length > options.MaxRequestBodySize)
        {
            throw TooLarge(options);
        }

        body.Append(read.Buffer);
        reader.AdvanceTo(read.Buffer.End);
        return read.IsCompleted;
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
