using System.Globalization;

namespace FlexiAI;

/// <summary>The checks that hold for every type of provider entry.</summary>
internal static class ProviderValidation
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static IEnumerable<string> Validate(ProviderOptions entry)
    {
        if (entry.Name is { } name && (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl)))
        {
            yield return Says(nameof(entry.Name), name, "a name without control characters, or none");
        }

        if (entry.Priority < 1)
        {
            yield return Says(nameof(entry.Priority), entry.Priority, "1 and above");
        }

        if (string.IsNullOrWhiteSpace(entry.Model))
        {
            yield return Says(nameof(entry.Model), entry.Model, "the name of a model");
        }

        if (entry.BaseUrl is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https")))
        {
            yield return Says(nameof(entry.BaseUrl), new SecretRedactor([entry.ApiKey]).Redact(url), "an absolute http or https address");
        }

        if (entry.MaxRetries is < 0 or > 10)
        {
            yield return Says(nameof(entry.MaxRetries), entry.MaxRetries, "0 to 10");
        }

        (string Name, TimeSpan? Value)[] times =
        [
            (nameof(entry.Timeout), entry.Timeout),
            (nameof(entry.ConnectTimeout), entry.ConnectTimeout),
            (nameof(entry.FirstTokenTimeout), entry.FirstTokenTimeout),
            (nameof(entry.IdleTimeout), entry.IdleTimeout),
        ];
        foreach (var (property, value) in times)
        {
            if (value <= TimeSpan.Zero || value > Longest)
            {
                yield return Says(property, value, "above zero and at most one day");
            }
        }
    }

    public static string Says(string property, object? value, string allowed)
    {
        var shown = value switch { null => "null", "" => "empty", string text => $"\"{text}\"", _ => value };
        return string.Create(CultureInfo.InvariantCulture, $"{property} is {shown}; allowed: {allowed}.");
    }
}
