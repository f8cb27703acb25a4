using Microsoft.Extensions.Logging;

namespace FlexiAI.Tests;

/// <summary>Gives the same logger to everyone.</summary>
internal sealed class OneLogger(ILogger logger) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => logger;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
