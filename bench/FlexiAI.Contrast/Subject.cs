namespace FlexiAI.Contrast;

/// <summary>A call was not let through.</summary>
internal sealed class RefusedException : Exception;

/// <summary>What a provider throws when it names the time before which it is not to be called.</summary>
internal sealed class RetryAfterException(TimeSpan retryAfter) : Exception
{
    public TimeSpan RetryAfter => retryAfter;
}

/// <summary>What a script asks of a breaker beyond the two failures that open it and the break of five seconds.</summary>
internal sealed class Settings
{
    /// <summary>Which exceptions count. Default: all but cancellations.</summary>
    public Func<Exception, bool>? Counts { get; init; }

    /// <summary>Told of each new state.</summary>
    public Func<string, Task>? OnChange { get; init; }
}

/// <summary>A circuit breaker as a script sees it, whoever made it.</summary>
internal abstract class Subject
{
    public const int Failures = 2;
    public static readonly TimeSpan Break = TimeSpan.FromSeconds(5);

    public ScriptClock Clock { get; } = new();

    /// <summary>How long to wait for what should happen. It is all the longer where it does, so that a slow machine does not matter.</summary>
    public abstract TimeSpan Patience { get; }

    /// <summary>"closed", "open", "half-open" or "isolated".</summary>
    public abstract string State { get; }

    /// <exception cref="RefusedException">The breaker did not let the call through.</exception>
    public abstract Task<string> CallAsync(Func<CancellationToken, Task<string>> call, CancellationToken caller = default);

    public abstract Task ResetAsync();

    /// <summary>Makes a call and says how it ended.</summary>
    public async Task<string> OutcomeAsync(Func<CancellationToken, Task<string>>? call = null, CancellationToken caller = default)
    {
        try
        {
            return await CallAsync(call ?? (_ => Task.FromResult("answered")), caller);
        }
        catch (RefusedException)
        {
            return "refused";
        }
        catch (Exception e)
        {
            return $"ended in {e.GetType().Name}";
        }
    }

    public Task<string> FailAsync(Exception? exception = null) =>
        OutcomeAsync(_ => Task.FromException<string>(exception ?? new InvalidOperationException()));

    /// <summary>Fails until the circuit is open.</summary>
    public async Task OpenAsync(Exception? exception = null)
    {
        for (var i = 0; i < Failures; i++)
        {
            await FailAsync(exception);
        }
    }

    /// <summary>Opens the circuit and lets its break pass: the next call is the probe.</summary>
    public async Task AwaitRecoveryAsync()
    {
        await OpenAsync();
        Clock.Advance(Break);
    }

    /// <summary>Whether something happens, as far as patience can tell.</summary>
    public async Task<bool> HappensAsync(Task task) => await Task.WhenAny(task, Task.Delay(Patience)) == task;

    /// <summary>Calls every second from now on until a call is answered, and says how long that took.</summary>
    public async Task<string> FirstAnswerAsync()
    {
        for (var seconds = 0; seconds < 100_000; seconds++)
        {
            if (await OutcomeAsync() == "answered")
            {
                return $"{seconds:N0} s";
            }

            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return "never";
    }
}
