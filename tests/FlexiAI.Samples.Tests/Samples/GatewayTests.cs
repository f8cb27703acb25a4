namespace FlexiAI.Samples;

public sealed class GatewayTests
{
    [Fact]
    public async Task OpenAIs_and_Anthropics_clients_get_failover_through_a_gateway() =>
        Assert.Equal(
            [
                "Hello from openai", "Served by openai with gpt-4o-mini", "Hello from openai",
                "Hello from anthropic", "Served by anthropic with claude-3-5-haiku-20241022", "Hello from anthropic",
                "Hello from anthropic",
            ],
            await Running.RunAsync("gateway"));

    [Fact]
    public async Task A_gateway_is_mounted_in_an_application_from_its_configuration_and_under_a_prefix() =>
        Assert.Equal(["Answered by openai", "GET /genai/metrics: 200"], await Running.RunAsync("gateway-app"));
}
