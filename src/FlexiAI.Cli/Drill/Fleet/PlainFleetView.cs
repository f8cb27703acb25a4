namespace FlexiAI.Cli;

/// <summary>One line of text per event, for people, logs and pipes.</summary>
internal sealed class PlainFleetView(TextWriter output) : IFleetView
{
    public void Title(FleetStage stage) => Write(FormattableString.Invariant(
        $"""
        Drill: {stage.Plan.Workers} processes share their circuits through {(stage.OwnRedis is { } own ? $"a redis-server of the drill's own at {own.Endpoint}" : "Redis")}.
        openai is the primary, anthropic the backup, both simulated on this machine and reached over real HTTP.
        {stage.Plan.FailureThreshold} failures open a circuit; after {Words.Seconds(stage.Plan.RecoveryTimeout)} one request tests recovery.
        """).ReplaceLineEndings("\n"));

    public void Phase(string explanation) => Write($"\n{explanation}");

    public void Request(FleetRequest request) => Write(
        $"{DrillText.Time(request.T)}  worker {request.Worker}, request {request.N,2}: {request.Provider ?? "failed",-9}  {DrillText.Attempts(request.Attempts),-46}  circuit of openai: {request.Circuit}");

    public void Transition(FleetTransition transition) => Write(
        $"{DrillText.Time(transition.T)}  worker {transition.Worker}, circuit of {transition.Circuit}: {transition.From} -> {transition.To} ({transition.Cause})");

    public void Summary(FleetSummary summary, DrillVerdict verdict) => Write(FormattableString.Invariant(
        $"\nOpened after {string.Join(", ", summary.OpenedWithinMs)} ms. Requests that tested each recovery: {string.Join(", ", summary.ProbesPerRecovery)}. {summary.Failed} requests failed. ")
        + DrillText.Verdict(verdict));

    private void Write(string line)
    {
        output.WriteLine(line);
        output.Flush();
    }
}
