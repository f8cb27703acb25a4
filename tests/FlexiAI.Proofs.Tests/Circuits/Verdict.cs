namespace FlexiAI.Tests.Circuits;

/// <summary>A permit as the model knows it.</summary>
internal sealed record Pass(int Call, long Era, bool IsProbe, bool IsStream = false);

/// <summary>How a call may end.</summary>
internal enum Verdict
{
    Success,
    Failure,
    Neutral,
    FirstContent,
}
