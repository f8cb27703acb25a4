using Microsoft.Extensions.AI;

namespace FlexiAI.FaultWall;

/// <summary>Decides between <c>pass</c>, <c>safe</c> and <c>fail</c>.</summary>
internal static class Judge
{
    /// <summary>Judges a scene.</summary>
    /// <param name="evidence">What happened in it.</param>
    /// <param name="demands">What its fault asks for.</param>
    public static Judgement Of(Evidence evidence, IReadOnlyList<Demand> demands)
    {
        if (evidence.Replies.Select(Deceit).Append(Damage(evidence.Aftermath)).OfType<string>().FirstOrDefault() is { } reason)
        {
            return new Judgement(Verdict.Fail, reason);
        }

        var unmet = demands.Select(demand => demand(evidence)).OfType<string>().ToList();
        return unmet.Count == 0 ? new Judgement(Verdict.Pass) : new Judgement(Verdict.Safe, string.Join("; ", unmet));
    }

    /// <summary>What must not happen in any request, whatever the fault; null if nothing did.</summary>
    private static string? Deceit(Reply reply) =>
        reply.Hung ? $"no end after {reply.Text.Length} characters"
        : reply.Flaw is { } flaw ? flaw
        : reply.Error is { } error ? Deceit(reply, error)
        : reply.Text != Answers.Whole ? $"an end as of a whole answer, but {Difference(reply.Text)}"
        : reply.Joined is { } joined && joined != Answers.Whole ? $"a text that is whole, but joined to a response, or by the wire, has {Difference(joined)}"
        : reply.Finish != ChatFinishReason.Stop ? $"a finish reason of '{reply.Finish}'"
        : null;

    private static string? Deceit(Reply reply, ReplyError error) =>
        !error.IsClear ? $"{error.Type}: {error.Message}"
        : !Answers.Whole.StartsWith(reply.Text, StringComparison.Ordinal) ? $"{error.Type}, but before it {Difference(reply.Text)}"
        : error.TextSoFar is { } text ? text == reply.Text ? null : $"{error.Type} says '{text}' was received, and not '{reply.Text}'"
        : reply.Text.Length > 0 ? $"{error.Type} after text"
        : null;

    private static string? Damage(Aftermath aftermath) =>
        Deceit(aftermath.AtOnce) is { } atOnce ? $"the next request: {atOnce}"
        : aftermath.AtOnce.Error is { } error ? $"the next request: {error.Type}: {error.Message}"
        : Deceit(aftermath.Later) is { } later ? $"a later request: {later}"
        : aftermath.Later.Error is { } late ? $"a later request: {late.Type}: {late.Message}"
        : aftermath.Later.Provider != Entries.Primary ? $"a later request went to '{aftermath.Later.Provider}'"
        : aftermath.Circuits.Any(circuit => circuit != CircuitState.Closed) ? $"circuits stay {string.Join(" and ", aftermath.Circuits)}"
        : null;

    private static string Difference(string text)
    {
        var same = text.Zip(Answers.Whole).TakeWhile(pair => pair.First == pair.Second).Count();
        return same == text.Length ? $"only {text.Length} of {Answers.Whole.Length} characters"
            : $"another text from character {same} on: '{text[same..Math.Min(text.Length, same + 40)]}'";
    }
}
