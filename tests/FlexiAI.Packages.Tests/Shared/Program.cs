using FlexiAI;
using FlexiAI.Testing;
using Microsoft.Extensions.AI;

await using var primary = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI);
await using var backup = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI);
await using var one = Client();
await using var other = Client();
using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
while (!IsConnected(one) || !IsConnected(other))
{
    await Task.Delay(10, limit.Token);
}

one.IsolateProvider("primary", everywhere: true);
while (other.GetProviderStatus("primary").CircuitBreaker.State != CircuitState.Isolated)
{
    await Task.Delay(10, limit.Token);
}

Console.WriteLine($"the other asks {(await other.GetResponseAsync("Hello")).Provider}");

FlexiClient Client() => new(new FlexiOptions
{
    Providers =
    [
        new OpenAIProvider { Name = "primary", ApiKey = "sk-test-key", Model = "gpt-4o-mini", Priority = 1, BaseUrl = primary.BaseUrl },
        new OpenAIProvider { Name = "backup", ApiKey = "sk-test-key", Model = "gpt-4o-mini", Priority = 2, BaseUrl = backup.BaseUrl },
    ],
}.ShareCircuits(redis => (redis.ConnectionString, redis.Scope) = (args[0], "packages")));

static bool IsConnected(FlexiClient client) => client.GetProviderStatus("primary").Sharing is { Connected: true };
