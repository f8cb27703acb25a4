using System.Diagnostics;

namespace FlexiAI;

/// <summary>What listeners are told of one attempt with; there is none where nobody listened when it began.</summary>
/// <param name="activity">The span; null where nobody traces it.</param>
/// <param name="operation">What is asked, by the conventions.</param>
internal sealed class AttemptSpan(Activity? activity, string operation)
{
    public Activity? Activity => activity;

    public string Operation => operation;
}
