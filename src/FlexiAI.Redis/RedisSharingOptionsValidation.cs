using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FlexiAI;

/// <summary>Checks how circuits are to be shared.</summary>
internal static class RedisSharingOptionsValidation
{
    /// <exception cref="OptionsValidationException">Something is out of its range; every problem is named.</exception>
    public static void ThrowIfInvalid(RedisSharingOptions options)
    {
        var problems = Validate(options).ToList();
        if (problems.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(RedisSharingOptions), problems);
        }
    }

    private static IEnumerable<string> Validate(RedisSharingOptions options)
    {
        if (options.Connection is null == string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            yield return options.Connection is null
                ? "ConnectionString is empty; allowed: a connection string, or a Connection."
                : "ConnectionString and Connection are both given; allowed: one of them.";
        }
        else if (options.ConnectionString is { } text && !CanBeParsed(text))
        {
            // Not shown: it may hold a password.
            yield return "ConnectionString cannot be read; allowed: a connection string of StackExchange.Redis.";
        }

        foreach (var (name, value) in new[] { (nameof(options.Scope), options.Scope), (nameof(options.KeyPrefix), options.KeyPrefix), (nameof(options.Process), options.Process) })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                yield return ProviderValidation.Says(name, value, "text");
            }
        }

        foreach (var (name, value, least, most) in Times(options))
        {
            if (value < least || value > most)
            {
                yield return ProviderValidation.Says(name, value, $"{least} to {most}");
            }
        }

        if (options.Quorum is < 1 or > 1_000)
        {
            yield return ProviderValidation.Says(nameof(options.Quorum), options.Quorum, "1 to 1,000");
        }
    }

    private static (string Name, TimeSpan Value, TimeSpan Least, TimeSpan Most)[] Times(RedisSharingOptions options) =>
    [
        (nameof(options.LeaseTime), options.LeaseTime, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        (nameof(options.PollInterval), options.PollInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
        (nameof(options.Timeout), options.Timeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(5)),
        (nameof(options.TimeToLive), options.TimeToLive, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)),
    ];

    private static bool CanBeParsed(string text)
    {
        try
        {
            return ConfigurationOptions.Parse(text).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
