using Microsoft.Extensions.Logging;

namespace FlexiAI;

/// <summary>What sharing tells the log; one line for each change.</summary>
internal static partial class RedisLog
{
    [LoggerMessage(EventId = 20, Level = LogLevel.Information, Message = "Circuits of scope {Scope} are shared through Redis; this process is {Process}.")]
    public static partial void Found(ILogger log, string scope, string process);

    [LoggerMessage(EventId = 21, Level = LogLevel.Warning, Message = "Redis is not reached, every process goes by its own circuits: {Reason}")]
    public static partial void Lost(ILogger log, string reason);

    [LoggerMessage(EventId = 22, Level = LogLevel.Warning, Message = "Circuit {Circuit} was last changed by {Process}, whose settings are others: {Settings}; here: {Own}")]
    public static partial void OtherSettings(ILogger log, string circuit, string process, string settings, string own);
}
