using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FlexiAI.Cli;

/// <summary>One JSON object per line, for programs.</summary>
internal sealed class JsonDrillView(TextWriter output) : IDrillView
{
    private readonly Lock _gate = new();

    public Task ShowAsync(DrillStage stage, Func<Task> play) => play();

    public void Phase(string explanation)
    {
    }

    public void Asking(int n)
    {
    }

    public void Request(DrillRequest request) => Write(request, DrillJson.Default.DrillRequest);

    public void Transition(DrillTransition transition) => Write(transition, DrillJson.Default.DrillTransition);

    public void Summary(DrillSummary summary, DrillVerdict verdict) => Write(summary, DrillJson.Default.DrillSummary);

    private void Write<T>(T line, JsonTypeInfo<T> type)
    {
        lock (_gate)
        {
            output.WriteLine(JsonSerializer.Serialize(line, type));
            output.Flush();
        }
    }
}
