using System.Text.Json.Nodes;

namespace FlexiAI.Tests;

/// <summary>Reads the events of a <see cref="StatusHost"/> off its socket.</summary>
internal sealed class EventReader(HttpResponseMessage response, System.IO.StreamReader lines) : IDisposable
{
    public HttpResponseMessage Response => response;

    public static async Task<EventReader> OpenAsync(StatusHost host)
    {
        var response = await host.Http.GetAsync("events", HttpCompletionOption.ResponseHeadersRead, StatusHost.Stop);
        return new EventReader(response, new System.IO.StreamReader(await response.Content.ReadAsStreamAsync(StatusHost.Stop)));
    }

    /// <summary>The next block: an event's name and data, or ":" for a comment; null at the end of the stream.</summary>
    public async Task<(string Name, JsonNode Data)?> NextAsync()
    {
        var (name, data) = ("", "null");
        while (await lines.ReadLineAsync(StatusHost.Stop) is { } line)
        {
            if (line.Length == 0)
            {
                return (name, JsonNode.Parse(data) ?? new JsonObject());
            }

            name = line.StartsWith("event: ", StringComparison.Ordinal) ? line[7..] : line[0] == ':' ? ":" : name;
            data = line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : data;
        }

        return null;
    }

    public async Task<JsonNode> NextAsync(string name)
    {
        while (await NextAsync() is { } next)
        {
            if (next.Name == name)
            {
                return next.Data;
            }
        }

        throw new InvalidOperationException($"The stream ended before \"{name}\" came.");
    }

    public void Dispose()
    {
        lines.Dispose();
        response.Dispose();
    }
}
