using System.Text.Json.Serialization;

namespace FlexiAI.Cli;

/// <summary>Writes <see cref="StatusReport"/>s.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StatusReport))]
internal sealed partial class StatusJson : JsonSerializerContext;
