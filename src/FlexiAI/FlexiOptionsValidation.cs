using Microsoft.Extensions.Options;

namespace FlexiAI;

/// <summary>Checks the options as a whole, once names and environment variables are filled in.</summary>
internal static class FlexiOptionsValidation
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <exception cref="OptionsValidationException">Something is out of its range; every problem is named.</exception>
    public static void ThrowIfInvalid(FlexiOptions options, IReadOnlyList<ProviderOptions> entries)
    {
        var problems = Validate(options, entries).ToList();
        if (problems.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(FlexiOptions), problems);
        }
    }

    private static IEnumerable<string> Validate(FlexiOptions options, IReadOnlyList<ProviderOptions> entries)
    {
        if (entries.Count == 0)
        {
            yield return ProviderValidation.Says(nameof(options.Providers), "", "at least one provider");
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < entries.Count; i++)
        {
            var where = $"Providers[{i}] ({entries[i].Name})";
            foreach (var problem in entries[i].Validate())
            {
                yield return $"{where}: {problem}";
            }

            if (!names.Add(entries[i].Name!))
            {
                yield return $"{where}: {ProviderValidation.Says("Name", entries[i].Name, "a name that no other provider has")}";
            }
        }

        foreach (var problem in (options.CircuitBreaker?.Validate() ?? ["CircuitBreaker is null; allowed: options."]).Concat(ValidateRequests(options)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> ValidateRequests(FlexiOptions options)
    {
        if (!Enum.IsDefined(options.FailoverMode))
        {
            yield return ProviderValidation.Says(nameof(options.FailoverMode), options.FailoverMode, "Immediate or WhenOpen");
        }

        if (options.RequestTimeout is { } timeout && (timeout <= TimeSpan.Zero || timeout > Day))
        {
            yield return ProviderValidation.Says(nameof(options.RequestTimeout), timeout, "above zero and at most one day, or none");
        }

        if (options.MaxAttempts is < 1 or > 1_000)
        {
            yield return ProviderValidation.Says(nameof(options.MaxAttempts), options.MaxAttempts, "1 to 1,000");
        }

        if (options.RetryDelay < TimeSpan.Zero || options.RetryDelay > TimeSpan.FromMinutes(1))
        {
            yield return ProviderValidation.Says(nameof(options.RetryDelay), options.RetryDelay, "zero to one minute");
        }

        if (options.MaxRetryAfterWait < TimeSpan.Zero || options.MaxRetryAfterWait > TimeSpan.FromHours(1))
        {
            yield return ProviderValidation.Says(nameof(options.MaxRetryAfterWait), options.MaxRetryAfterWait, "zero to one hour");
        }

        if (!Enum.IsDefined(options.StreamRecovery))
        {
            yield return ProviderValidation.Says(nameof(options.StreamRecovery), options.StreamRecovery, "Fail or Continue");
        }

        if (options.MaxStreamRecoveries is < 0 or > 100)
        {
            yield return ProviderValidation.Says(nameof(options.MaxStreamRecoveries), options.MaxStreamRecoveries, "0 to 100");
        }

        if (options.HedgeAfter is { } hedge && (hedge <= TimeSpan.Zero || hedge > Day))
        {
            yield return ProviderValidation.Says(nameof(options.HedgeAfter), hedge, "above zero and at most one day, or none");
        }

        if (!(options.HedgeBudget is > 0 and <= 1))
        {
            yield return ProviderValidation.Says(nameof(options.HedgeBudget), options.HedgeBudget, "above 0 to 1");
        }

        if (options.DefaultTemperature is { } temperature && !(temperature is >= 0 and <= 2))
        {
            yield return ProviderValidation.Says(nameof(options.DefaultTemperature), temperature, "0 to 2, or none");
        }

        if (options.DefaultMaxOutputTokens < 1)
        {
            yield return ProviderValidation.Says(nameof(options.DefaultMaxOutputTokens), options.DefaultMaxOutputTokens, "1 and above, or none");
        }
    }
}
