using FlexiAI.Testing;

namespace FlexiAI.Tests;

public sealed class AnthropicCapabilityTests : CapabilityTests
{
    protected override SimulatedWire Wire => SimulatedWire.Anthropic;

    protected override string TokenLimitProperty => "max_tokens";

    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.Anthropic(simulated, Key);

    protected override (string? Call, string? Result) ToolIds(SimulatedRequest request)
    {
        var blocks = request.Json!.Value.GetProperty("messages").EnumerateArray()
            .SelectMany(message => message.GetProperty("content").EnumerateArray()).ToList();
        var call = blocks.Single(block => block.GetProperty("type").GetString() == "tool_use");
        var result = blocks.Single(block => block.GetProperty("type").GetString() == "tool_result");
        return (call.GetProperty("id").GetString(), result.GetProperty("tool_use_id").GetString());
    }
}

public sealed class AnthropicTrapTests : TrapTests
{
    protected override SimulatedWire Wire => SimulatedWire.Anthropic;

    protected override IEnumerable<(Fault Fault, FailureKind Kind)> BadRequestsThatAreNotTheCallers =>
        [(Fault.QuotaExhausted(), FailureKind.QuotaExhausted)];

    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.Anthropic(simulated, Key);
}
