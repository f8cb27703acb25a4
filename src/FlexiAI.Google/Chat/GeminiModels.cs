using System.Globalization;

namespace FlexiAI;

/// <summary>What differs between Google's generations of models.</summary>
internal static class GeminiModels
{
    /// <summary>
    /// The signature that Google's page on thought signatures provides for calls which another model made: the validation is skipped.
    /// </summary>
    public const string SignatureOfOthers = "skip_thought_signature_validator";

    /// <summary>From Gemini 3 on, the first function call of a step without a signature is refused with status 400.</summary>
    public static bool DemandsSignatures(string model) => Generation(model) >= 3;

    /// <summary>Gemini 2.5 thinks by a budget of tokens, later ones by levels, earlier ones not at all.</summary>
    public static bool ThinksByBudget(string model) => model.Contains("gemini-2.5", StringComparison.OrdinalIgnoreCase);

    public static bool ThinksByLevel(string model) => Generation(model) >= 3;

    // "gemini-3-pro-preview", "models/gemini-3.1-flash"; an alias such as "gemini-flash-latest" is the newest generation.
    private static int Generation(string model)
    {
        const string Family = "gemini-";
        var start = model.LastIndexOf(Family, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return 0;
        }

        var digits = model.AsSpan(start + Family.Length);
        var length = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(length < 0 ? digits : digits[..length], CultureInfo.InvariantCulture, out var generation) ? generation
            : model.EndsWith("-latest", StringComparison.OrdinalIgnoreCase) ? int.MaxValue
            : 0;
    }
}
