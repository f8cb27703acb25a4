namespace FlexiAI;

/// <summary>The engine's own verdict on a reply: not an answer, or not in time.</summary>
internal sealed class AnswerException(FailureKind kind, string reason) : Exception(reason)
{
    public FailureKind Kind { get; } = kind;
}
