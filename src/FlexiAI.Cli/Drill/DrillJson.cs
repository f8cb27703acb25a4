using System.Text.Json.Serialization;

namespace FlexiAI.Cli;

/// <summary>Writes the lines of <c>drill --json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DrillRequest))]
[JsonSerializable(typeof(DrillTransition))]
[JsonSerializable(typeof(DrillSummary))]
internal sealed partial class DrillJson : JsonSerializerContext;
