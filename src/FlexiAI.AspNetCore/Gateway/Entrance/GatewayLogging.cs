using Microsoft.Extensions.Logging;

namespace FlexiAI;

/// <summary>Keeps callers out of the log of a process that is a gateway and nothing else.</summary>
internal static class GatewayLogging
{
    /// <summary>
    /// Leaves out what ASP.NET Core tells of each request: it repeats the path with its line breaks as a caller chose them, and the query, in
    /// which some callers send their keys. A rule of the configuration for a longer category goes before this one.
    /// </summary>
    public static ILoggingBuilder LeaveOutRequests(this ILoggingBuilder logging) => logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
}
