using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlexiAI;

/// <summary>Writes logs to the console, so that no value in them can begin a line of its own.</summary>
internal static class ConsoleLogging
{
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";

    public static void Add(IServiceCollection services, string? format)
    {
        switch (format)
        {
            case "json":
                services.AddLogging(static logging => logging.AddJsonConsole(static console =>
                    (console.UseUtcTimestamp, console.TimestampFormat) = (true, Time.TrimEnd())));
                break;
            case "text":
                services.AddLogging(static logging => logging.AddSimpleConsole(static console =>
                    (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, Time)));
                break;
        }
    }
}
