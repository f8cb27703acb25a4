using System.Globalization;

namespace FlexiAI.FaultWall;

/// <summary>One thing that a fault asks for.</summary>
/// <param name="evidence">What happened.</param>
/// <returns>How it is not met; null if it is.</returns>
internal delegate string? Demand(Evidence evidence);

/// <summary>What faults ask for.</summary>
internal static class Demands
{
    /// <summary>Every request ended in a whole answer.</summary>
    public static Demand Answered() => evidence => evidence.Replies.FirstOrDefault(reply => reply.Error is not null) is { Error: { } error }
        ? $"{error.Type} instead of an answer"
        : null;

    /// <summary>Every request was answered by this entry.</summary>
    public static Demand AnsweredBy(string entry) => evidence => Answered()(evidence)
        ?? (evidence.Replies.FirstOrDefault(reply => reply.Provider != entry) is { } other ? $"answered by '{other.Provider}'" : null);

    /// <summary>So many attempts reached the providers.</summary>
    public static Demand Attempts(int primary, int backup) => evidence => (evidence.AtPrimary.Count, evidence.AtBackup.Count) == (primary, backup)
        ? null
        : Invariant($"{evidence.AtPrimary.Count} and {evidence.AtBackup.Count} attempts instead of {primary} and {backup}");

    /// <summary>No more attempts reached the primary within this time.</summary>
    public static Demand AtMost(int attempts, TimeSpan within) => evidence =>
        evidence.AtPrimary.Count(arrival => arrival.At < within) is var count && count > attempts
            ? Invariant($"{count} attempts reached the primary within {within.TotalSeconds} s")
            : null;

    /// <summary>The second attempt came no sooner after the first.</summary>
    public static Demand Pause(TimeSpan pause) => evidence =>
        evidence.AtPrimary is [var first, var second, ..] && second.At - first.At is var waited && waited < pause
            ? Invariant($"the second attempt came after {waited.TotalSeconds} s")
            : null;

    /// <summary>The requests took no longer.</summary>
    public static Demand Within(TimeSpan time) => evidence =>
        evidence.Replies.Max(reply => reply.Ended - reply.Asked) is var took && took > time
            ? Invariant($"it took {took.TotalSeconds} s")
            : null;

    /// <summary>The answers name the entry's model and carry its usage.</summary>
    public static Demand ModelAndUsageOf(string entry) => evidence => evidence.Replies
        .Where(reply => (reply.Model, reply.InputTokens, reply.OutputTokens) != (Entries.ModelOf(entry), Usage.InputOf(entry), Usage.Output))
        .Select(reply => Invariant($"the model is '{reply.Model}', the usage {reply.InputTokens} and {reply.OutputTokens}"))
        .FirstOrDefault();

    /// <summary>The answers carry the entry's usage, alone or added to that of an attempt before.</summary>
    public static Demand UsageWith(string entry) => evidence => evidence.Replies
        .Where(reply => reply.Error is null && !(reply.InputTokens >= Usage.InputOf(entry) && reply.OutputTokens >= Usage.Output))
        .Select(reply => Invariant($"the usage is {reply.InputTokens} and {reply.OutputTokens}"))
        .FirstOrDefault();

    /// <summary>Every attempt that reached a provider is listed in the response or the exception, and no other.</summary>
    public static Demand Listed() => evidence =>
    {
        var listed = evidence.Replies.SelectMany(reply => reply.Asks).ToLookup(entry => entry);
        return (listed[Entries.Primary].Count(), listed[Entries.Backup].Count()) is var (primary, backup)
            && (primary, backup) != (evidence.AtPrimary.Count, evidence.AtBackup.Count)
            ? Invariant($"{evidence.AtPrimary.Count} and {evidence.AtBackup.Count} attempts were made, {primary} and {backup} are listed")
            : null;
    };

    /// <summary>The caller received some text, and then the exception that says so.</summary>
    public static Demand Interrupted() => evidence => evidence.Replies.All(reply => reply is { Text.Length: > 0, Error.TextSoFar: not null })
        ? null
        : "no StreamInterruptedException after text";

    /// <summary>The request was refused for this reason, in the provider's own words.</summary>
    public static Demand Refused(FailureKind kind, string words) => evidence =>
        evidence.Replies.FirstOrDefault(reply => reply.Error?.Kind != kind || !reply.Error.Message.Contains(words, StringComparison.Ordinal)) is { } reply
            ? $"not refused as {kind} with '{words}' but: {reply.Error?.Message ?? "answered"}"
            : null;

    /// <summary>The backup was asked in these ways: to go on from what the caller had (true) or from the beginning (false).</summary>
    public static Demand BackupAsked(params bool[] byPrefill) => evidence =>
        evidence.AtBackup.Select(arrival => arrival.Prefill is { Length: > 0 } text && Answers.Whole.StartsWith(text, StringComparison.Ordinal))
            .SequenceEqual(byPrefill)
            ? null
            : $"the backup was asked {string.Join(", then ", evidence.AtBackup.Select(arrival => arrival.Prefill is { } text ? $"to go on from '{text}'" : "from the beginning").DefaultIfEmpty("never"))}";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
