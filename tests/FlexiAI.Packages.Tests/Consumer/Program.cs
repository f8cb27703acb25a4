using FlexiAI;
using FlexiAI.Testing;
using Microsoft.Extensions.AI;

await using var down = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI);
await using var up = await SimulatedProvider.StartAsync(SimulatedWire.Anthropic);
down.Faults.Always(Fault.Status(503));

await using var client = new FlexiClient(new FlexiOptions
{
    Providers =
    [
        new OpenAIProvider { ApiKey = "sk-test-key", Model = "gpt-4o-mini", Priority = 1, BaseUrl = down.BaseUrl },
        new AnthropicProvider { ApiKey = "sk-ant-test-key", Model = "claude-3-5-haiku", Priority = 2, BaseUrl = up.BaseUrl },
        new VertexAIProvider { Project = "my-project", AccessToken = "test-token", Model = "gemini-2.0-flash", Priority = 3, BaseUrl = up.BaseUrl },
    ],
    CircuitBreaker = new() { FailureThreshold = 3, RecoveryTimeout = TimeSpan.FromSeconds(60) },
});

var response = await client.GetResponseAsync("Hello");
Console.WriteLine($"{response.Provider}: {response.Text}");
