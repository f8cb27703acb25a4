using FlexiAI.Testing;

namespace FlexiAI.Tests;

public abstract class OpenAIWireTrapTests : TrapTests
{
    protected override SimulatedWire Wire => SimulatedWire.OpenAI;

    protected override IEnumerable<(Fault Fault, FailureKind Kind)> BadRequestsThatAreNotTheCallers =>
    [
        (Fault.Status(400, """{"error":{"message":"Invalid key.","code":"invalid_api_key"}}"""), FailureKind.Authentication),
        (Fault.Status(400, """{"error":{"message":"Billing hard limit has been reached","code":"billing_hard_limit_reached"}}"""), FailureKind.QuotaExhausted),
        (Fault.Status(400, """{"error":{"message":"Decommissioned.","code":"model_decommissioned"}}"""), FailureKind.ModelNotFound),
    ];
}

public sealed class OpenAITrapTests : OpenAIWireTrapTests
{
    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.OpenAI(simulated, Key);
}

public sealed class AzureOpenAITrapTests : OpenAIWireTrapTests
{
    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.Azure(simulated, Key);
}

public sealed class OpenAICompatibleTrapTests : OpenAIWireTrapTests
{
    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.Compatible(simulated, Key);
}
