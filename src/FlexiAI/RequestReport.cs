using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Who answered a request, and every attempt on the way there; carried by the answer.</summary>
internal sealed record RequestReport(string Provider, IReadOnlyList<Attempt> Attempts)
{
    private const string Key = "flexiai";

    public static RequestReport? Of(AdditionalPropertiesDictionary? properties) =>
        properties is not null && properties.TryGetValue(Key, out var value) ? value as RequestReport : null;

    public void AttachTo(AdditionalPropertiesDictionary properties) => properties[Key] = this;
}
