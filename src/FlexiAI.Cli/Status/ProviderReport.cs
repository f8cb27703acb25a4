namespace FlexiAI.Cli;

/// <summary>One entry as configured.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Model">Its model.</param>
/// <param name="Priority">Its priority.</param>
/// <param name="BaseUrl">The configured address without what may be secret in it; null for the vendor's own.</param>
/// <param name="Key">Whether it has a key.</param>
internal sealed record ProviderReport(string Name, string Type, string Model, int Priority, string? BaseUrl, KeyReport Key)
{
    public static ProviderReport Of(ProviderOptions entry, KeyReport key) =>
        new(entry.Name!, entry.Type, entry.Model, entry.Priority, WithoutSecrets(entry.BaseUrl), key);

    // A password before the host and a key in the query are both in use.
    private static string? WithoutSecrets(string? url) => url is null ? null
        : Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : "not an address";
}
