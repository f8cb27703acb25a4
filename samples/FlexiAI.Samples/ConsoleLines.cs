using Microsoft.Extensions.Logging;

namespace FlexiAI.Samples;

/// <summary>Logs to the console, a line each, at once, and tells who waits for a line.</summary>
internal sealed class ConsoleLines : ILoggerProvider, ILogger
{
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task WaitForLineAsync() => _written.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Console.WriteLine($"{logLevel}: {formatter(state, exception)}");
        _written.TrySetResult();
    }

    public void Dispose()
    {
    }
}
