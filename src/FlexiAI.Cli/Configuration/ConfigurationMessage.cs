using System.Text.RegularExpressions;

namespace FlexiAI.Cli;

/// <summary>Words of the configuration system in the form of ours: the field, its value, what is allowed.</summary>
internal static partial class ConfigurationMessage
{
    private static readonly Type[] Known =
    [
        typeof(FlexiOptions), typeof(CircuitBreakerOptions), typeof(OpenAIProvider), typeof(AzureOpenAIProvider),
        typeof(OpenAICompatibleProvider), typeof(AnthropicProvider), typeof(GeminiProvider), typeof(VertexAIProvider),
        typeof(GatewayOptions), typeof(RedisSharingOptions),
    ];

    public static string Of(Exception exception)
    {
        if (Conversion().Match(exception.Message) is { Success: true } conversion)
        {
            var (value, path, type) = (conversion.Groups["value"].Value, conversion.Groups["path"].Value, conversion.Groups["type"].Value);

            // One key where a list of them belongs is a key all the same.
            return path.Contains("Key", StringComparison.OrdinalIgnoreCase)
                ? $"{path} has another form (its value is not shown); allowed: a list such as [ \"…\" ]."
                : $"{path} is \"{value}\"; allowed: {AllowedFor(type)}.";
        }

        if (Unknown().Match(exception.Message) is { Success: true } unknown)
        {
            var type = Known.FirstOrDefault(type => type.FullName == unknown.Groups["type"].Value);
            var allowed = type is null ? "what the configuration reference names" : string.Join(", ", PropertiesOf(type));
            return $"{unknown.Groups["names"].Value} is not known{Place(type)}; allowed: {allowed}.";
        }

        return exception.Message;
    }

    private static string AllowedFor(string type) => type switch
    {
        "System.Int32" or "System.Int64" => "a whole number",
        "System.Single" or "System.Double" => "a number",
        "System.Boolean" => "true or false",
        "System.TimeSpan" => "a time such as \"00:01:00\", a minute",
        "FlexiAI.FailoverMode" => string.Join(" or ", Enum.GetNames<FailoverMode>()),
        _ => $"a {type}",
    };

    private static string Place(Type? type) => type is null || type == typeof(FlexiOptions) ? ""
        : type == typeof(CircuitBreakerOptions) ? " in CircuitBreaker"
        : type == typeof(GatewayOptions) ? " in Gateway"
        : type == typeof(RedisSharingOptions) ? " in Redis"
        : $" in an entry of Type {((ProviderOptions)Activator.CreateInstance(type)!).Type}";

    // What code alone can set is left out: delegates, handlers made by them, and connections.
    private static IEnumerable<string> PropertiesOf(Type type) => type.GetProperties()
        .Where(property => (property.SetMethod is { IsPublic: true } || property.Name == "Type") && !typeof(Delegate).IsAssignableFrom(property.PropertyType) && property.PropertyType is not { IsInterface: true, IsGenericType: false })
        .Select(property => property.Name)
        .Order(StringComparer.Ordinal);

    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<path>[^']*)' to type '(?<type>[^']*)'", RegexOptions.Singleline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Conversion();

    [GeneratedRegex("not found on the instance of (?<type>[^:]*): (?<names>.*?)\\.?$", RegexOptions.Singleline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Unknown();
}
