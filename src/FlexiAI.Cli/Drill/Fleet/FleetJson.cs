using System.Text.Json.Serialization;

namespace FlexiAI.Cli;

/// <summary>Writes the lines of <c>drill --workers --json</c>, and those between the drill and its workers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FleetRequest))]
[JsonSerializable(typeof(FleetTransition))]
[JsonSerializable(typeof(FleetSummary))]
[JsonSerializable(typeof(WorkerOrder))]
[JsonSerializable(typeof(WorkerLine))]
internal sealed partial class FleetJson : JsonSerializerContext;
