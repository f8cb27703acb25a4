namespace FlexiAI.Cli;

/// <summary>Shows a drill with several processes. Called by one thread at a time.</summary>
internal interface IFleetView
{
    void Title(FleetStage stage);

    void Phase(string explanation);

    void Request(FleetRequest request);

    void Transition(FleetTransition transition);

    void Summary(FleetSummary summary, DrillVerdict verdict);
}
