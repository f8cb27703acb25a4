using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>One entry at run time: its client, its circuit, its statistics.</summary>
internal sealed class Provider : IDisposable
{
    // Time for a result to be settled after the attempt's own limit has run out.
    private static readonly TimeSpan ProbeMargin = TimeSpan.FromSeconds(10);

    private readonly Lock _making = new();
    private readonly TimeProvider _time;
    private HttpClient? _httpClient;
    private IChatClient? _chatClient;
    private IEmbeddingGenerator<string, Embedding<float>>? _embeddings;
    private bool _embeddingsMade;
    private ProviderWire? _wire;
    private bool _wireMade;
    private bool _disposed;

    public Provider(ProviderOptions options, CircuitBreakerOptions circuit, TimeProvider time, Func<double>? random = null)
    {
        _time = time;
        Options = options;
        Name = options.Name!;
        Model = string.IsNullOrWhiteSpace(options.Model) ? null : options.Model;
        Circuit = new CircuitBreaker(Name, circuit, time, CircuitBreaker.JitterByEra(random ?? Random.Shared.NextDouble));
        Redactor = new SecretRedactor(options.Secrets.Append(options.ApiKey));
        ProbeTimeout = options.Timeout + options.ConnectTimeout + ProbeMargin is var limit && limit < TimeSpan.FromDays(1) ? limit : TimeSpan.FromDays(1);
        if (!options.UsesHttp)
        {
            // They were made before, and are to be disposed also if no request ever needs them.
            _chatClient = options.CreateChatClient(null!);
            _embeddings = options.CreateEmbeddingGenerator(null!);
            _embeddingsMade = true;
        }
    }

    public string Name { get; }

    public string? Model { get; }

    public ProviderOptions Options { get; }

    public CircuitBreaker Circuit { get; }

    /// <summary>Carries the circuit to other processes; null where it is this process's alone.</summary>
    public CircuitShare? Share { get; private set; }

    public ProviderStatistics Statistics { get; } = new();

    public SecretRedactor Redactor { get; }

    /// <summary>How long a probe of this entry may be out.</summary>
    public TimeSpan ProbeTimeout { get; }

    /// <summary>The client, made on first use: credentials that cannot be read are a failure of the attempt, and are read again for the next.</summary>
    /// <exception cref="ClientCreationException">It could not be made.</exception>
    public IChatClient ChatClient => Volatile.Read(ref _chatClient) ?? MakeChatClient();

    /// <summary>The embedding generator, or null if the entry offers none.</summary>
    /// <exception cref="ClientCreationException">It could not be made.</exception>
    public IEmbeddingGenerator<string, Embedding<float>>? Embeddings => Volatile.Read(ref _embeddingsMade) ? _embeddings : MakeEmbeddings();

    /// <summary>How requests of the entry's own wire format reach it, or null if none do.</summary>
    /// <exception cref="ClientCreationException">It could not be made.</exception>
    public ProviderWire? Wire => Volatile.Read(ref _wireMade) ? _wire : MakeWire();

    /// <summary>The model for embeddings as far as it is known; null if the entry offers none, or cannot be used.</summary>
    public string? EmbeddingModel
    {
        get
        {
            try
            {
                return Wire?.EmbeddingModel ?? (Embeddings?.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)?.DefaultModelId;
            }
            catch (ClientCreationException)
            {
                return null;
            }
        }
    }

    /// <summary>The entry's HTTP client.</summary>
    /// <exception cref="ClientCreationException">It could not be made.</exception>
    public HttpClient Http => Volatile.Read(ref _httpClient) ?? Make(() => HttpClient);

    /// <summary>Shares the circuit with other processes from now on.</summary>
    public void ShareWith(CircuitSharing sharing) => Circuit.Peer = Share = sharing.Join(Circuit);

    public ProviderStatus GetStatus()
    {
        var circuit = Circuit.GetStatus();
        return new ProviderStatus
        {
            Name = Name,
            Type = Options.Type,
            Model = Model,
            Priority = Options.Priority,
            Healthy = circuit.State == CircuitState.Closed && !circuit.Throttled,
            CircuitBreaker = circuit,
            Sharing = Share?.GetStatus(),
        };
    }

    public void Dispose()
    {
        lock (_making)
        {
            _disposed = true;
            _chatClient?.Dispose();
            _embeddings?.Dispose();
            _httpClient?.Dispose();
        }
    }

    private IChatClient MakeChatClient() => Make(() =>
    {
        if (_chatClient is null)
        {
            Volatile.Write(ref _chatClient, Options.CreateChatClient(HttpClient));
        }

        return _chatClient;
    });

    private IEmbeddingGenerator<string, Embedding<float>>? MakeEmbeddings() => Make(() =>
    {
        if (!_embeddingsMade)
        {
            _embeddings = Options.CreateEmbeddingGenerator(HttpClient);
            Volatile.Write(ref _embeddingsMade, true);
        }

        return _embeddings;
    });

    private ProviderWire? MakeWire() => Make(() =>
    {
        if (!_wireMade)
        {
            _wire = Options.CreateWire();
            Volatile.Write(ref _wireMade, true);
        }

        return _wire;
    });

    private T Make<T>(Func<T> make)
    {
        lock (_making)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            try
            {
                return make();
            }
            catch (Exception e)
            {
                throw new ClientCreationException(e);
            }
        }
    }

    private HttpClient HttpClient => _httpClient ??= ProviderHttpClient.Create(Options, _time);
}
