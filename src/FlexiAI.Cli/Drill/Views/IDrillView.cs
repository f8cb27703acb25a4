namespace FlexiAI.Cli;

/// <summary>Shows a drill. Transitions come on other threads than the rest, but never at the same time as the request they belong to.</summary>
internal interface IDrillView
{
    /// <summary>Shows the drill while it plays.</summary>
    Task ShowAsync(DrillStage stage, Func<Task> play);

    void Phase(string explanation);

    void Asking(int n);

    void Request(DrillRequest request);

    void Transition(DrillTransition transition);

    void Summary(DrillSummary summary, DrillVerdict verdict);
}
