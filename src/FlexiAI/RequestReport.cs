using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Who answered a request, and every attempt on the way there; carried by the answer.</summary>
/// <remarks>
/// A dictionary, since answers are serialized, by caches for one, with the options of Microsoft.Extensions.AI, which without reflection
/// know no type of ours. What comes back from there says who answered; its attempts were another request's.
/// </remarks>
internal sealed class RequestReport : Dictionary<string, object?>
{
    private const string Key = "flexiai";
    private const string ProviderKey = "provider";

    public RequestReport(string provider, IReadOnlyList<Attempt> attempts)
        : base(StringComparer.Ordinal)
    {
        Provider = provider;
        Attempts = attempts;
        this[ProviderKey] = provider;
    }

    public string Provider { get; }

    public IReadOnlyList<Attempt> Attempts { get; }

    public static RequestReport? Of(AdditionalPropertiesDictionary? properties) =>
        properties is null || !properties.TryGetValue(Key, out var value) ? null
        : value as RequestReport ?? (value is JsonElement element ? Read(element) : null);

    /// <summary>A stream put together to an answer has the updates' properties in its message.</summary>
    public static RequestReport? Of(ChatResponse response) =>
        Of(response.AdditionalProperties)
        ?? response.Messages.Select(message => Of(message.AdditionalProperties)).FirstOrDefault(report => report is not null);

    public void AttachTo(AdditionalPropertiesDictionary properties) => properties[Key] = this;

    private static RequestReport? Read(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(ProviderKey, out var provider)
        && provider.ValueKind == JsonValueKind.String
            ? new RequestReport(provider.GetString()!, [])
            : null;
}
