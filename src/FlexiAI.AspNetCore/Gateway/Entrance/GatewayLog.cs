using Microsoft.Extensions.Logging;

namespace FlexiAI;

/// <summary>Every line that the gateway's entrance logs. Nothing that a caller wrote is in them.</summary>
internal static partial class GatewayLog
{
    [LoggerMessage(101, LogLevel.Information, "Refused a request to {Route}: {StatusCode} {Code} (request {RequestId})")]
    public static partial void Refused(ILogger logger, string route, int statusCode, string code, string requestId);

    [LoggerMessage(102, LogLevel.Error, "The gateway failed at a request to {Route} (request {RequestId}): {Exception}{StackTrace}")]
    public static partial void Failed(ILogger logger, string route, string requestId, string exception, string? stackTrace);
}
