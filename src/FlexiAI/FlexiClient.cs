using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlexiAI;

/// <summary>
/// An <see cref="IChatClient"/> over several providers: each behind a circuit breaker of its own, asked by priority, the next one when one
/// fails, the first again when it has recovered.
/// </summary>
/// <remarks>
/// Safe for any number of threads. Make one for the life of the application: circuits remember only as long as their client lives.
/// </remarks>
public sealed partial class FlexiClient : IChatClient, IAsyncDisposable
{
    // The model is the entry's that answers; the response names it.
    private static readonly ChatClientMetadata Metadata = new("flexiai");

    private readonly RequestSetups _setups;
    private readonly ClockPool _clocks;
    private readonly FailoverLoop _loop;
    private readonly FlexiTelemetry _telemetry;
    private readonly CircuitSharing? _sharing;
    private readonly ClientStatistics _statistics = new();
    private bool _disposed;

    /// <summary>Makes a client, with every circuit closed.</summary>
    /// <param name="options">The providers and how to use them; copied.</param>
    /// <param name="loggerFactory">Where to log. Default: nowhere.</param>
    /// <param name="timeProvider">The clock of circuits, time limits and waits. Default: the system's.</param>
    /// <param name="meterFactory">Makes the meter <c>FlexiAI</c>. Default: one of its own.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is out of its range; every problem is named.</exception>
    public FlexiClient(
        FlexiOptions options,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null,
        System.Diagnostics.Metrics.IMeterFactory? meterFactory = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var entries = ProviderEntries.Complete(options.Providers, options.Environment);
        FlexiOptionsValidation.ThrowIfInvalid(options, entries);
        var time = timeProvider ?? TimeProvider.System;
        _clocks = new ClockPool(time);
        var providers = entries.Select(entry => new Provider(entry, options.CircuitBreaker, time, options.Random));
        var log = loggerFactory?.CreateLogger<FlexiClient>() ?? (ILogger)NullLogger.Instance;

        // A listener may read the gauges before there is anything to read.
        _telemetry = new FlexiTelemetry(log, meterFactory, () => _setups?.Current.Providers.All ?? []);
        _setups = new RequestSetups(new RequestSetup(new ProviderSet([.. providers]), Settings(options), _clocks, _telemetry));
        _loop = new FailoverLoop(_setups);
        EmbeddingGenerator = new FlexiEmbeddingGenerator(this);
        foreach (var provider in Providers.All)
        {
            provider.Circuit.Changed += Tell;
        }

        _sharing = Share(options, new SharingContext(time, new SafeLogger(log)));
    }

    /// <summary>Embeddings through the same providers, circuits and statistics. Only entries that offer them are asked.</summary>
    /// <remarks>
    /// Vectors of different models do not compare: give every entry that is to stand in for another the same embedding model.
    /// Disposing it does nothing; it lives as long as the client.
    /// </remarks>
    public IEmbeddingGenerator<string, Embedding<float>> EmbeddingGenerator { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no message.</exception>
    /// <exception cref="AllProvidersFailedException">No provider answered.</exception>
    /// <exception cref="ProviderException">The request is the caller's own fault: the provider refused it as invalid or by its content policy.</exception>
    /// <exception cref="ObjectDisposedException">The client is disposed.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = new ChatCall(Request(messages, options));
        var request = new RequestSpan(_telemetry, _statistics, call.Operation);
        Answer<ChatResponse> answer;
        try
        {
            answer = await _loop.RunAsync<ChatCall, ChatResponse>(call, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            request.Failed(e);
            throw;
        }

        answer.Succeed();
        request.Succeeded(answer.Provider.Name);
        answer.Sign(answer.Result.AdditionalProperties ??= []);
        return answer.Result;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Nothing reaches the caller before the first content; until then a failing provider is replaced unseen. An answer that is cut off
    /// later is taken up by another provider (<see cref="FlexiOptions.StreamRecovery"/>) or ends in an exception, never as if it were whole.
    /// Disposing an enumerator cancels what it is waiting for.
    /// </remarks>
    /// <exception cref="ArgumentException">There is no message.</exception>
    /// <exception cref="AllProvidersFailedException">No provider answered.</exception>
    /// <exception cref="StreamInterruptedException">The stream died after its first content.</exception>
    /// <exception cref="ProviderException">The request is the caller's own fault.</exception>
    /// <exception cref="ObjectDisposedException">The client is disposed.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = Request(messages, options);
        return new ChatStream(caller => BeginStreamAsync(request, caller), cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(EmbeddingGenerator) ? EmbeddingGenerator
            : serviceType == typeof(ChatClientMetadata) ? Metadata
            : null;
    }

    /// <summary>Closes the providers' clients. Requests still under way fail.</summary>
    public void Dispose()
    {
        lock (_operating)
        {
            if (_disposed)
            {
                return;
            }

            Volatile.Write(ref _disposed, true);
        }

        _sharing?.Dispose();
        _setups.Dispose();
        _clocks.Dispose();
        _telemetry.Dispose();
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(
        IReadOnlyList<string> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        var call = new EmbeddingCall(values, options);
        if (!Providers.All.Any(call.CanBeServedBy))
        {
            throw new NotSupportedException("No provider offers embeddings; allowed: at least one entry with an embedding model.");
        }

        var request = new RequestSpan(_telemetry, _statistics, call.Operation);
        Answer<GeneratedEmbeddings<Embedding<float>>> answer;
        try
        {
            answer = await _loop.RunAsync<EmbeddingCall, GeneratedEmbeddings<Embedding<float>>>(call, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            request.Failed(e);
            throw;
        }

        answer.Succeed();
        request.Succeeded(answer.Provider.Name);
        answer.Sign(answer.Result.AdditionalProperties ??= []);
        return answer.Result;
    }

    private ProviderSet Providers => _setups.Current.Providers;

    private CircuitSharing? Share(FlexiOptions options, SharingContext context)
    {
        var sharing = options.Sharing?.Invoke(context);
        if (sharing is not null)
        {
            foreach (var provider in Providers.All)
            {
                provider.ShareWith(sharing);
            }

            sharing.Start();
        }

        return sharing;
    }

    private static FailoverSettings Settings(FlexiOptions options) => new()
    {
        Mode = options.FailoverMode,
        FailOverOnCallerFaults = options.FailOverOnCallerFaults,
        RequestTimeout = options.RequestTimeout,
        MaxAttempts = options.MaxAttempts,
        RetryDelay = options.RetryDelay,
        MaxRetryAfterWait = options.MaxRetryAfterWait,
        MaxTakeUps = options.StreamRecovery == StreamRecovery.Continue ? options.MaxStreamRecoveries : 0,
        DefaultTemperature = options.DefaultTemperature,
        DefaultMaxOutputTokens = options.DefaultMaxOutputTokens,
        HedgeAfter = options.HedgeAfter,
        HedgeBudget = options.HedgeBudget,
        Random = options.Random,
    };

    private ChatRequest Request(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ThrowIfDisposed();
        var settings = _setups.Current.Settings;
        return new ChatRequest(messages, options, settings.DefaultTemperature, settings.DefaultMaxOutputTokens);
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);

    private async ValueTask<CommittedStream> BeginStreamAsync(ChatRequest chat, CancellationToken caller)
    {
        ThrowIfDisposed();
        var call = new StreamCall(chat);
        var request = new RequestSpan(_telemetry, _statistics, call.Operation);
        try
        {
            var answer = await _loop.RunAsync<StreamCall, OpenStream>(call, caller).ConfigureAwait(false);
            return new CommittedStream(answer, new StreamTakeUp(answer.Run.Setup.Settings, () => chat), request);
        }
        catch (Exception e)
        {
            request.Failed(e);
            throw;
        }
    }
}
