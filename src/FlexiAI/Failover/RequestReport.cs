using System.Collections;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Who answered a request, and every attempt on the way there; carried by the answer.</summary>
/// <remarks>
/// A sequence with one text, the provider's name, since answers are serialized, by caches for one, with the options of
/// Microsoft.Extensions.AI, which without reflection know no type of ours. What comes back from there says who answered; its attempts were
/// another request's. The attempt that answered, which most requests have alone, becomes an object only when somebody asks.
/// </remarks>
internal sealed class RequestReport : IEnumerable<string>
{
    private const string Key = "flexiai";

    private static readonly TimeSpan NotEnded = TimeSpan.MinValue;

    private Attempt[] _before = [];
    private string? _model;
    private UsageDetails? _usage;
    private TimeSpan _duration = NotEnded;

    public string? Provider { get; private set; }

    /// <summary>The attempts so far; the one that answers is the last, once it has ended.</summary>
    public IReadOnlyList<Attempt> Attempts =>
        _duration == NotEnded ? _before : [.. _before, Attempt.Success(Provider!, _model, _duration, _usage)];

    public static RequestReport? Of(AdditionalPropertiesDictionary? properties) =>
        properties is null || !properties.TryGetValue(Key, out var value) ? null
        : value as RequestReport ?? (value is JsonElement element ? Read(element) : null);

    /// <summary>A stream put together to an answer has the updates' properties in its message.</summary>
    public static RequestReport? Of(ChatResponse response) =>
        Of(response.AdditionalProperties)
        ?? response.Messages.Select(message => Of(message.AdditionalProperties)).FirstOrDefault(report => report is not null);

    /// <summary>Puts the report into an answer of this provider.</summary>
    public void AttachTo(AdditionalPropertiesDictionary properties, string provider)
    {
        Provider = provider;
        properties[Key] = this;
    }

    public void Add(Attempt attempt)
    {
        // Two providers may be under way at once, and a caller may look at any time: the list is replaced, never changed.
        Attempt[] before;
        do
        {
            before = _before;
        }
        while (Interlocked.CompareExchange(ref _before, [.. before, attempt], before) != before);
    }

    /// <summary>The attempt that answers has ended.</summary>
    public void Answered(Provider provider, TimeSpan duration, UsageDetails? usage) =>
        (Provider, _model, _duration, _usage) = (provider.Name, provider.Model, duration, usage);

    public IEnumerator<string> GetEnumerator()
    {
        if (Provider is not null)
        {
            yield return Provider;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static RequestReport? Read(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 1 && element[0].ValueKind == JsonValueKind.String
            ? new RequestReport { Provider = element[0].GetString() }
            : null;
}
