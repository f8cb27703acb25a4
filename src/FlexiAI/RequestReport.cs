using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Who answered a request, and every attempt on the way there; carried by the answer.</summary>
internal sealed record RequestReport(string Provider, IReadOnlyList<Attempt> Attempts)
{
    private const string Key = "flexiai";

    public static RequestReport? Of(AdditionalPropertiesDictionary? properties) =>
        properties is not null && properties.TryGetValue(Key, out var value) ? value as RequestReport : null;

    /// <summary>A stream put together to an answer has the updates' properties in its message.</summary>
    public static RequestReport? Of(ChatResponse response) =>
        Of(response.AdditionalProperties)
        ?? response.Messages.Select(message => Of(message.AdditionalProperties)).FirstOrDefault(report => report is not null);

    public void AttachTo(AdditionalPropertiesDictionary properties) => properties[Key] = this;
}
