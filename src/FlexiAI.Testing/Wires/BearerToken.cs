namespace FlexiAI.Testing;

internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    /// <summary>The token of the <c>Authorization</c> header; none when there is no such header or it has another scheme.</summary>
    public static string? Of(SimulatedRequest request) =>
        request.Headers.GetValueOrDefault("Authorization") is { } value && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? value[Scheme.Length..].Trim()
            : null;
}
