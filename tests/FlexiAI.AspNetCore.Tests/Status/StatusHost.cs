using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FlexiAI.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlexiAI.Tests;

/// <summary>A Kestrel on a loopback port with the status endpoints and the dashboard over a client of simulated providers.</summary>
internal sealed class StatusHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StatusHost(WebApplication app, IReadOnlyList<SimulatedProvider> providers)
    {
        _app = app;
        Providers = providers;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public IReadOnlyList<SimulatedProvider> Providers { get; }

    public HttpClient Http { get; }

    public FlexiClient Client => _app.Services.GetRequiredService<FlexiClient>();

    public StatusFeed Feed => _app.Services.GetRequiredService<StatusFeed>();

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<StatusHost> StartAsync(StatusHostOptions? options = null)
    {
        options ??= new StatusHostOptions();
        List<SimulatedProvider> providers = [];
        foreach (var name in options.Names)
        {
            providers.Add(await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, new() { Name = "simulated" }, Stop));
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(options.Time);
        builder.Services.AddFlexiAI(flexi =>
        {
            flexi.CircuitBreaker = options.Circuits;
            flexi.Providers = [.. providers.Select((provider, i) => new OpenAIProvider
            {
                Name = options.Names[i], ApiKey = "sk-secret-of-the-test", BaseUrl = provider.BaseUrl, Model = $"model-{i + 1}", Priority = i + 1, MaxRetries = 0,
            })];
        });
        builder.Services.AddStatus();
        if (options.Simulated)
        {
            builder.Services.AddSingleton<IFaultSwitch>(new FaultSwitch(options.Names.Zip(providers)));
        }

        var app = builder.Build();
        app.UseRouting();
        var root = app.MapGroup(options.Prefix);
        root.MapDashboard();
        var status = root.MapStatus();
        if (options.AdminKey is { } key)
        {
            status.AddEndpointFilter(async (context, next) =>
                context.HttpContext.Request.Headers.Authorization == $"Bearer {key}" ? await next(context) : Results.StatusCode(StatusCodes.Status401Unauthorized));
        }

        await app.StartAsync(Stop);
        var host = new StatusHost(app, providers);
        _ = host.Feed;
        return host;
    }

    /// <summary>A request through the client, reported as the gateway's endpoints do.</summary>
    public async Task<ServedRequest> AskAsync()
    {
        var begin = TimeProvider.System.GetTimestamp();
        IReadOnlyList<Attempt> attempts;
        string? answeredBy = null;
        UsageDetails? usage = null;
        try
        {
            var response = await Client.GetResponseAsync("Hello", cancellationToken: Stop);
            (attempts, answeredBy, usage) = (response.Attempts, response.Provider, response.Usage);
        }
        catch (AllProvidersFailedException e)
        {
            attempts = e.Attempts;
        }

        var request = new ServedRequest(
            Guid.NewGuid().ToString("N"),
            DateTimeOffset.UtcNow,
            "chat",
            "openai",
            answeredBy is null ? ServedRequest.Failure : ServedRequest.Success,
            answeredBy,
            attempts.FirstOrDefault(attempt => attempt.Outcome == AttemptOutcome.Success)?.Model,
            answeredBy is null ? 503 : 200,
            TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds,
            FirstTokenMs: null,
            Streamed: false,
            usage?.InputTokenCount,
            usage?.OutputTokenCount,
            [.. attempts.Select(ServedAttempt.Of)]);
        Feed.Report(request);
        return request;
    }

    public async Task<JsonNode> GetAsync(string path) => (await Http.GetFromJsonAsync<JsonNode>(path, Stop))!;

    /// <summary>Ends the application while its connections are open.</summary>
    public Task StopAsync() => _app.StopAsync(Stop);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        foreach (var provider in Providers)
        {
            await provider.DisposeAsync();
        }
    }

    private sealed class FaultSwitch(IEnumerable<(string Name, SimulatedProvider Provider)> providers) : IFaultSwitch
    {
        private readonly Dictionary<string, SimulatedProvider> _providers = providers.ToDictionary(pair => pair.Name, pair => pair.Provider);
        private readonly HashSet<string> _failing = [];

        public IReadOnlyList<string> Providers => [.. _providers.Keys];

        public bool IsFailing(string provider)
        {
            lock (_failing)
            {
                return _failing.Contains(provider);
            }
        }

        public void Fail(string provider)
        {
            lock (_failing)
            {
                _failing.Add(provider);
                _providers[provider].Faults.Always(Fault.Overloaded());
            }
        }

        public void Release(string provider)
        {
            lock (_failing)
            {
                _failing.Remove(provider);
                _providers[provider].Faults.Clear();
            }
        }
    }
}

/// <summary>What a <see cref="StatusHost"/> is like.</summary>
internal sealed record StatusHostOptions
{
    public IReadOnlyList<string> Names { get; init; } = ["first", "second"];

    public CircuitBreakerOptions Circuits { get; init; } = new() { FailureThreshold = 2, RecoveryTimeout = TimeSpan.FromMinutes(2) };

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public bool Simulated { get; init; }

    public string? AdminKey { get; init; }

    public string Prefix { get; init; } = "";
}
