using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FlexiAI;

/// <summary>Finds the wire whose dialect a request speaks; null where it speaks none, and errors then look as OpenAI's do.</summary>
internal delegate CallerWire? CallerWireLookup(HttpContext context);

/// <summary>Writes errors in the caller's dialect.</summary>
internal sealed class GatewayErrors(CallerWireLookup? lookup = null)
{
    /// <summary>Writes an error as the whole reply.</summary>
    /// <param name="context">The request, whose reply has not begun.</param>
    /// <param name="error">The error.</param>
    /// <param name="retryAfter">When the caller may come again; rounded up to whole seconds.</param>
    public async Task WriteAsync(HttpContext context, WireError error, TimeSpan? retryAfter = null)
    {
        var response = context.Response;
        response.StatusCode = error.Status;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        if (error.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (retryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(0, Math.Ceiling(wait.TotalSeconds)).ToString("F0", CultureInfo.InvariantCulture);
        }

        if (lookup?.Invoke(context) is { } wire)
        {
            wire.WriteError(response.BodyWriter, error);
        }
        else if (SpeaksAnthropic(context.Request.Path))
        {
            PlainErrors.WriteAnthropic(response.BodyWriter, error);
        }
        else
        {
            PlainErrors.WriteOpenAI(response.BodyWriter, error);
        }

        await response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    // The endpoints may be mounted under a prefix.
    private static bool SpeaksAnthropic(PathString path) => path.Value?.Contains("/v1/messages", StringComparison.OrdinalIgnoreCase) ?? false;
}
