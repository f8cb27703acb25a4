using System.Collections.Concurrent;

namespace FlexiAI.Tests;

/// <summary>Callers who ask without a pause, and what came of it.</summary>
internal sealed class ServeLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly ConcurrentDictionary<string, string?> _last = new(StringComparer.Ordinal);
    private readonly Task _running;
    private int _answers;

    public ServeLoad(ServeProcess serve, params string[] models) =>
        _running = Task.WhenAll(models.Select(model => Task.Run(() => AskAsync(serve, model), TestContext.Current.CancellationToken)));

    public IReadOnlyCollection<string> Problems => _problems;

    public int Answers => Volatile.Read(ref _answers);

    /// <summary>Waits until a model is answered by a provider.</summary>
    public Task AnswersAsync(string model, string provider) => Until.TrueAsync(() => _last.GetValueOrDefault(model) == provider, $"{model} answered by {provider}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task AskAsync(ServeProcess serve, string model)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var provider = await serve.AskAsync(model);
                _last[model] = provider;
                Interlocked.Increment(ref _answers);
                if (provider is null)
                {
                    _problems.Enqueue($"{model}: no answer");
                }
            }
            catch (HttpRequestException e)
            {
                _problems.Enqueue($"{model}: {e.Message}");
            }

            // For the sake of the machine.
            await Task.Delay(TimeSpan.FromMilliseconds(1));
        }
    }
}
