namespace FlexiAI.FaultWall;

/// <summary>How a fault was met. The worse, the higher.</summary>
internal enum Verdict
{
    /// <summary>Exactly as the fault's line asks.</summary>
    Pass,

    /// <summary>Otherwise, but nobody was deceived: a whole answer or a clear exception.</summary>
    Safe,

    /// <summary>Wrong text, part of an answer as if it were whole, a hang, another exception, or a client that is unwell afterwards.</summary>
    Fail,
}

/// <summary>A verdict and, unless it is <see cref="Verdict.Pass"/>, its reason.</summary>
internal sealed record Judgement(Verdict Verdict, string? Reason = null);
