using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public abstract class OpenAIWireCapabilityTests : CapabilityTests
{
    protected override SimulatedWire Wire => SimulatedWire.OpenAI;

    protected override string TokenLimitProperty => "max_completion_tokens";

    protected override (string? Call, string? Result) ToolIds(SimulatedRequest request)
    {
        var messages = request.Json!.Value.GetProperty("messages").EnumerateArray().ToList();
        var call = messages.Single(message => message.TryGetProperty("tool_calls", out _)).GetProperty("tool_calls")[0];
        var result = messages.Single(message => message.GetProperty("role").GetString() == "tool");
        return (call.GetProperty("id").GetString(), result.GetProperty("tool_call_id").GetString());
    }

    [Fact]
    public async Task Embeddings_ComeFromTheEmbeddingModel()
    {
        await using var simulated = await StartAsync(new() { EmbeddingDimensions = 8 });
        var entry = (OpenAIWireProvider)Entry(simulated, "mine");
        await using var client = Client(entry);

        var embeddings = await client.EmbeddingGenerator.GenerateAsync(["one", "two"], cancellationToken: Stop);

        Assert.Equal([8, 8], embeddings.Select(embedding => embedding.Vector.Length));
        Assert.NotEqual(embeddings[0].Vector.ToArray(), embeddings[1].Vector.ToArray());
        Assert.Equal("mine", embeddings.Provider);
        var request = Assert.Single(simulated.Requests);
        Assert.Equal((SimulatedOperation.Embeddings, entry.EmbeddingModel), (request.Operation, request.Model));
    }

    [Fact]
    public async Task Embeddings_FailOverLikeChat()
    {
        await using var primary = await StartAsync();
        await using var backup = await StartAsync();
        primary.Faults.Always(Fault.Overloaded());
        var entry = Entry(primary, "primary");
        entry.MaxRetries = 0;
        await using var client = Client(entry, Entry(backup, "backup", priority: 2));

        var embeddings = await client.EmbeddingGenerator.GenerateAsync(["one"], cancellationToken: Stop);

        Assert.Equal("backup", embeddings.Provider);
        Assert.Equal(FailureKind.ServerError, embeddings.Attempts[0].Kind);
        Assert.Single(primary.Requests);
    }
}

public sealed class OpenAICapabilityTests : OpenAIWireCapabilityTests
{
    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.OpenAI(simulated, Key);
}

public sealed class AzureOpenAICapabilityTests : OpenAIWireCapabilityTests
{
    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.Azure(simulated, Key);
}

public sealed class OpenAICompatibleCapabilityTests : OpenAIWireCapabilityTests
{
    protected override string TokenLimitProperty => "max_tokens";

    protected override ProviderOptions CreateEntry(SimulatedProvider simulated) => Entries.Compatible(simulated, Key);
}
