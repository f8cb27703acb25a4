using System.Text.Json.Serialization;

namespace FlexiAI.Cli;

/// <summary>Writes <see cref="SimulationReport"/>s.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SimulationReport))]
internal sealed partial class SimulationJson : JsonSerializerContext;
