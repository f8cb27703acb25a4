using System.Text.Json.Serialization;

namespace FlexiAI;

/// <summary>Writes what the status endpoints tell.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(StatsReport))]
[JsonSerializable(typeof(HelloReport))]
[JsonSerializable(typeof(StatusNews))]
[JsonSerializable(typeof(StatusProblem))]
internal sealed partial class StatusJson : JsonSerializerContext;
