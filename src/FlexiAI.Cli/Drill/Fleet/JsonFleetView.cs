using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FlexiAI.Cli;

/// <summary>One JSON object per line, for programs.</summary>
internal sealed class JsonFleetView(TextWriter output) : IFleetView
{
    public void Title(FleetStage stage)
    {
    }

    public void Phase(string explanation)
    {
    }

    public void Request(FleetRequest request) => Write(request, FleetJson.Default.FleetRequest);

    public void Transition(FleetTransition transition) => Write(transition, FleetJson.Default.FleetTransition);

    public void Summary(FleetSummary summary, DrillVerdict verdict) => Write(summary, FleetJson.Default.FleetSummary);

    private void Write<T>(T line, JsonTypeInfo<T> type)
    {
        output.WriteLine(JsonSerializer.Serialize(line, type));
        output.Flush();
    }
}
