using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

/// <summary>A client over fakes, first to last by priority, on a clock of the test's; three failures open a circuit for a minute, nothing is retried.</summary>
internal sealed class Lab : IDisposable
{
    private readonly Dictionary<string, ChatClientProvider> _entries;
    private readonly Lazy<FlexiClient> _client;

    public Lab(params FakeChat[] chats)
    {
        _entries = chats.Select((chat, i) => new ChatClientProvider(chat.Name, chat) { Priority = i + 1, MaxRetries = 0 }).ToDictionary(entry => entry.Name!);
        Options = new FlexiOptions { Providers = [.. _entries.Values], CircuitBreaker = { FailureThreshold = 3 } };
        _client = new(() => new FlexiClient(Options, Logs, Time, Meters));
    }

    public FakeTimeProvider Time { get; } = new();

    /// <summary>Read when the client is first used.</summary>
    public FlexiOptions Options { get; }

    public ILoggerFactory? Logs { get; set; }

    public System.Diagnostics.Metrics.IMeterFactory? Meters { get; set; }

    public FlexiClient Client => _client.Value;

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ChatClientProvider Entry(string name) => _entries[name];

    /// <summary>Changes every entry.</summary>
    public Lab With(Action<ChatClientProvider> change)
    {
        foreach (var entry in _entries.Values)
        {
            change(entry);
        }

        return this;
    }

    public ProviderStatus Status(string name) => Client.GetProviderStatus().Single(status => status.Name == name);

    public CircuitStatus Circuit(string name) => Status(name).CircuitBreaker;

    public ProviderStats Stats(string name) => Client.GetRequestStats().Providers.Single(stats => stats.Name == name);

    public Task<ChatResponse> AskAsync(bool streamed = false, CancellationToken? caller = null)
    {
        var token = caller ?? Stop;
        return streamed
            ? Client.GetStreamingResponseAsync("Hello", cancellationToken: token).ToChatResponseAsync(token)
            : Client.GetResponseAsync("Hello", cancellationToken: token);
    }

    public Task<AllProvidersFailedException> FailAsync(bool streamed = false) =>
        Assert.ThrowsAsync<AllProvidersFailedException>(() => AskAsync(streamed));

    /// <summary>Lets requests fail until the primary's circuit is open.</summary>
    public async Task OpenAsync(FakeChat chat)
    {
        chat.Failing(FailureKind.ServerError);
        while (Circuit(chat.Name).State != CircuitState.Open)
        {
            await Record.ExceptionAsync(() => AskAsync());
        }
    }

    public void Dispose() => Client.Dispose();
}
