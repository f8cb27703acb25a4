using System.Globalization;

namespace FlexiAI.Testing;

/// <summary>
/// A GenAI provider on a loopback socket that speaks a vendor's real wire format, answers what it is told, and fails on command.
/// For tests and demonstrations; it calls no model. Thread-safe.
/// </summary>
public sealed class SimulatedProvider : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly RequestLog _log = new();
    private readonly RequestHandler _handler;
    private readonly Wire _protocol;
    private volatile LoopbackServer? _server;
    private volatile string _answer;
    private volatile Func<SimulatedRequest, SimulatedAnswer>? _responder;
    private bool _disposed;

    private SimulatedProvider(SimulatedWire wire, SimulatedProviderOptions options)
    {
        Wire = wire;
        Name = options.Name ?? wire.ToString().ToLower(CultureInfo.InvariantCulture);
        _answer = options.Answer ?? $"Hello from {Name}";
        _responder = options.Responder;
        Faults = new FaultScript(options.TimeProvider);
        TokenFaults = new FaultScript(options.TimeProvider);
        _protocol = Testing.Wire.Create(wire, new WireFacts(Name, options));
        _handler = new RequestHandler(_protocol, Faults, TokenFaults, _log, Respond, options.TimeProvider);
    }

    /// <summary>The wire format it speaks.</summary>
    public SimulatedWire Wire { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Scheme, address and port, such as <c>http://127.0.0.1:41234</c>. It stays the same while the provider lives.</summary>
    public string Origin { get; private set; } = "";

    /// <summary>What a client is given as its endpoint: the <see cref="Origin"/>, for OpenAI with <c>/v1</c>.</summary>
    public string BaseUrl => _protocol.BaseUrl(Origin);

    /// <summary>The OAuth token endpoint of the Google wire, for the <c>token_uri</c> of a service account.</summary>
    public string TokenUrl => $"{Origin}/token";

    /// <summary>The faults of everything but <see cref="TokenUrl"/>.</summary>
    public FaultScript Faults { get; }

    /// <summary>The faults of <see cref="TokenUrl"/>.</summary>
    public FaultScript TokenFaults { get; }

    /// <summary>Every request seen so far, in the order of arrival; a snapshot that does not change.</summary>
    public IReadOnlyList<SimulatedRequest> Requests => _log.Snapshot();

    /// <summary>
    /// Connections that are open now, idle ones in a client's pool too; 0 while it does not listen. A client that has closed one can be ahead
    /// of this number.
    /// </summary>
    public int OpenConnections => _server?.Connections ?? 0;

    /// <summary>
    /// Requests whose reply is not over now; 0 while it does not listen. A client that has read the whole reply, or has gone away, can be ahead
    /// of this number.
    /// </summary>
    public int RequestsUnderWay => _server?.Requests ?? 0;

    /// <summary>The text of every answer from now on, unless there is a <see cref="Responder"/>.</summary>
    /// <exception cref="ArgumentNullException">Set to <see langword="null"/>.</exception>
    public string Answer
    {
        get => _answer;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _answer = value;
        }
    }

    /// <summary>Makes each answer from its request; <see langword="null"/> for <see cref="Answer"/>. Called concurrently.</summary>
    public Func<SimulatedRequest, SimulatedAnswer>? Responder
    {
        get => _responder;
        set => _responder = value;
    }

    /// <summary>Starts a provider.</summary>
    /// <param name="wire">The wire format it speaks.</param>
    /// <param name="options">How it begins; read once. Default: all defaults.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The provider, listening.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The wire is not one of the enumeration.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SimulatedProvider> StartAsync(
        SimulatedWire wire, SimulatedProviderOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SimulatedProviderOptions();
        var provider = new SimulatedProvider(wire, options);
        provider._server = await LoopbackServer.StartAsync(options.Port, provider._handler.HandleAsync, cancellationToken).ConfigureAwait(false);
        provider.Origin = provider._server.Origin;
        return provider;
    }

    /// <summary>Stops listening: open requests are cut, new connections are refused. Does nothing when already stopped.</summary>
    /// <returns>A task that ends when the port is closed.</returns>
    public async Task StopListeningAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            await StopAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Listens again on the same port. Does nothing when already listening.</summary>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>A task that ends when connections are accepted.</returns>
    /// <exception cref="IOException">Another program took the port meanwhile.</exception>
    /// <exception cref="ObjectDisposedException">The provider was disposed.</exception>
    public async Task ResumeAsync(CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _server ??= await LoopbackServer.StartAsync(new Uri(Origin).Port, _handler.HandleAsync, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Waits until so many requests have arrived, those before the call included.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that ends then.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task WaitForRequestsAsync(int count, CancellationToken cancellationToken = default) => _log.WaitAsync(count, cancellationToken);

    /// <summary>Stops the provider, open requests included; takes at most about a second.</summary>
    /// <returns>A task that ends when it is stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            _disposed = true;
            await StopAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task StopAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }

    private SimulatedAnswer Respond(SimulatedRequest request) => _responder is { } responder ? responder(request) : _answer;
}
