namespace FlexiAI.Cli;

/// <summary>One line of text per event, for logs and pipes.</summary>
internal sealed class PlainDrillView(TextWriter output) : IDrillView
{
    private readonly Lock _gate = new();

    public Task ShowAsync(DrillStage stage, Func<Task> play)
    {
        Write(DrillText.Title(stage.Plan));
        return play();
    }

    public void Phase(string explanation) => Write($"\n{explanation}");

    public void Asking(int n)
    {
    }

    public void Request(DrillRequest request)
    {
        var circuits = string.Join(", ", request.Circuits.Select(circuit => $"{circuit.Key} {circuit.Value}"));
        Write($"{DrillText.Time(request.T)}  request {request.N,2}: {DrillText.Outcome(request),-9}  {DrillText.Attempts(request),-46}  circuits: {circuits}");
    }

    public void Transition(DrillTransition transition) =>
        Write($"{DrillText.Time(transition.T)}  {DrillText.Transition(transition)}");

    public void Summary(DrillSummary summary, DrillVerdict verdict) => Write($"\n{DrillText.Summary(summary, verdict)}");

    private void Write(string line)
    {
        lock (_gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
