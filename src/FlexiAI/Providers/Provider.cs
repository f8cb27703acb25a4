using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>One entry at run time: its client, its circuit, its statistics.</summary>
internal sealed class Provider : IDisposable
{
    // Time for a result to be settled after the attempt's own limit has run out.
    private static readonly TimeSpan ProbeMargin = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly Func<double> _random;

    public Provider(ProviderOptions options, CircuitBreakerOptions circuit, TimeProvider time, Func<double>? random = null)
        : this(options, new ProviderClients(options, time), null, circuit, time, random ?? Random.Shared.NextDouble)
    {
    }

    private Provider(
        ProviderOptions options, ProviderClients clients, CircuitBreaker? kept, CircuitBreakerOptions circuit, TimeProvider time, Func<double> random)
    {
        (_time, _random) = (time, random);
        (Options, Clients, Statistics) = (options, clients, clients.Statistics);
        Name = options.Name!;
        Model = string.IsNullOrWhiteSpace(options.Model) ? null : options.Model;
        Circuit = kept ?? new CircuitBreaker(Name, circuit, time, CircuitBreaker.JitterByEra(random));
        Redactor = new SecretRedactor(options.Secrets.Append(options.ApiKey));
        ProbeTimeout = options.Timeout + options.ConnectTimeout + ProbeMargin is var limit && limit < TimeSpan.FromDays(1) ? limit : TimeSpan.FromDays(1);
    }

    public string Name { get; }

    public string? Model { get; }

    public ProviderOptions Options { get; }

    /// <summary>What it is reached by; that of another set too, where its options there need the same.</summary>
    public ProviderClients Clients { get; }

    public CircuitBreaker Circuit { get; }

    /// <summary>Carries the circuit to other processes; null where it is this process's alone.</summary>
    public CircuitShare? Share { get; private set; }

    public ProviderStatistics Statistics { get; }

    public SecretRedactor Redactor { get; }

    /// <summary>How long a probe of this entry may be out.</summary>
    public TimeSpan ProbeTimeout { get; }

    /// <summary>The client, made on first use: credentials that cannot be read are a failure of the attempt, and are read again for the next.</summary>
    /// <exception cref="ClientCreationException">It could not be made.</exception>
    public IChatClient ChatClient => Clients.ChatClient;

    /// <summary>The embedding generator, or null if the entry offers none.</summary>
    /// <exception cref="ClientCreationException">It could not be made.</exception>
    public IEmbeddingGenerator<string, Embedding<float>>? Embeddings => Clients.Embeddings;

    /// <summary>How requests of the entry's own wire format reach it, or null if none do.</summary>
    /// <exception cref="ClientCreationException">It could not be made.</exception>
    public ProviderWire? Wire => Clients.Wire;

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

    /// <summary>Sends over the entry's connections.</summary>
    /// <exception cref="ClientCreationException">It could not be made.</exception>
    public HttpMessageInvoker Http => Clients.Http;

    /// <summary>Shares the circuit with other processes from now on.</summary>
    public void ShareWith(CircuitSharing sharing) => Circuit.Peer = Share = sharing.Join(Circuit);

    /// <summary>Ends that: from now on the circuit goes by itself, and nobody hears of it.</summary>
    public void Leave(CircuitSharing sharing)
    {
        Circuit.Peer = null;
        sharing.Leave(Circuit);
    }

    /// <summary>
    /// The same entry under options that need no other client: by the same clients, with the same statistics, and, unless it is to open and
    /// recover otherwise, with the same circuit.
    /// </summary>
    public Provider With(ProviderOptions options, CircuitBreakerOptions circuit)
    {
        // The circuit's name is the one under which others share it.
        options.Name = Name;
        return Circuit.Options.IsSameAs(circuit)
            ? new Provider(options, Clients, Circuit, circuit, _time, _random) { Share = Share }
            : new Provider(options, Clients, null, circuit, _time, _random);
    }

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
        Clients.Close();
        foreach (var made in Clients.Made)
        {
            made.Dispose();
        }
    }
}
