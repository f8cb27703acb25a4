using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GatewayJson = FlexiAI.StatusJson;

namespace FlexiAI.Cli;

/// <summary>One JSON object per line: what the gateway tells, and first of all in <c>event</c> whether it is a <c>request</c> or a <c>transition</c>.</summary>
internal sealed class JsonWatchView(Terminal terminal) : IWatchView
{
    public Task ShowAsync(Func<Task> watch) => watch();

    public void Status(StatusNews news)
    {
    }

    public void Request(ServedRequest request) => Write("request", request, GatewayJson.Default.ServedRequest);

    public void Transition(CircuitChange change) => Write("transition", change, GatewayJson.Default.CircuitChange);

    public void Link(string? problem) => WatchLink.Write(terminal.Error, problem);

    private void Write<T>(string name, T news, JsonTypeInfo<T> type)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("event", name);
            foreach (var property in JsonSerializer.SerializeToElement(news, type).EnumerateObject())
            {
                property.WriteTo(json);
            }

            json.WriteEndObject();
        }

        terminal.Out.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        terminal.Out.Flush();
    }
}
