using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>What an entry reaches its provider by: its clients and their connections, and what has been counted over them.</summary>
internal sealed class ProviderClients
{
    private readonly Lock _making = new();
    private readonly ProviderOptions _options;
    private readonly TimeProvider _time;
    private HttpClient? _httpClient;
    private HttpMessageInvoker? _invoker;
    private IChatClient? _chatClient;
    private IEmbeddingGenerator<string, Embedding<float>>? _embeddings;
    private bool _embeddingsMade;
    private ProviderWire? _wire;
    private bool _wireMade;
    private bool _closed;

    public ProviderClients(ProviderOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        if (!options.UsesHttp)
        {
            // They were made before, and are to be disposed also if no request ever needs them.
            _chatClient = options.CreateChatClient(null!);
            _embeddings = options.CreateEmbeddingGenerator(null!);
            _embeddingsMade = true;
        }
    }

    public ProviderStatistics Statistics { get; } = new();

    /// <exception cref="ClientCreationException">It could not be made.</exception>
    public IChatClient ChatClient => Volatile.Read(ref _chatClient) ?? MakeChatClient();

    /// <exception cref="ClientCreationException">It could not be made.</exception>
    public IEmbeddingGenerator<string, Embedding<float>>? Embeddings => Volatile.Read(ref _embeddingsMade) ? _embeddings : MakeEmbeddings();

    /// <exception cref="ClientCreationException">It could not be made.</exception>
    public ProviderWire? Wire => Volatile.Read(ref _wireMade) ? _wire : MakeWire();

    /// <exception cref="ClientCreationException">It could not be made.</exception>
    public HttpMessageInvoker Http => Volatile.Read(ref _invoker) ?? Make(MakeInvoker);

    /// <summary>What is to be disposed after the last use, in that order.</summary>
    public IReadOnlyList<IDisposable> Made
    {
        get
        {
            lock (_making)
            {
                return [.. new IDisposable?[] { _chatClient, _embeddings, _httpClient }.OfType<IDisposable>()];
            }
        }
    }

    /// <summary>Makes nothing from now on. Whoever closes it disposes what was made.</summary>
    public void Close()
    {
        lock (_making)
        {
            _closed = true;
        }
    }

    private IChatClient MakeChatClient() => Make(() =>
    {
        if (_chatClient is null)
        {
            Volatile.Write(ref _chatClient, _options.CreateChatClient(HttpClient));
        }

        return _chatClient;
    });

    private IEmbeddingGenerator<string, Embedding<float>>? MakeEmbeddings() => Make(() =>
    {
        if (!_embeddingsMade)
        {
            _embeddings = _options.CreateEmbeddingGenerator(HttpClient);
            Volatile.Write(ref _embeddingsMade, true);
        }

        return _embeddings;
    });

    private ProviderWire? MakeWire() => Make(() =>
    {
        if (!_wireMade)
        {
            _wire = _options.CreateWire();
            Volatile.Write(ref _wireMade, true);
        }

        return _wire;
    });

    private T Make<T>(Func<T> make)
    {
        lock (_making)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
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

    private HttpClient HttpClient
    {
        get
        {
            if (_httpClient is null)
            {
                var handler = ProviderHttpClient.CreateHandler(_options, _time);
                _httpClient = ProviderHttpClient.Create(handler);

                // The same connections, without what a client does for each request beside sending it.
                Volatile.Write(ref _invoker, new HttpMessageInvoker(handler, disposeHandler: false));
            }

            return _httpClient;
        }
    }

    private HttpMessageInvoker MakeInvoker()
    {
        _ = HttpClient;
        return _invoker!;
    }
}
