using System.Text.Json;

namespace FlexiAI.FaultWall;

/// <summary>The requests that the gateway remembers, as <c>GET /events</c> tells them first.</summary>
internal sealed class GatewayLog
{
    private readonly Dictionary<string, JsonElement> _requests;

    private GatewayLog(JsonElement requests) =>
        _requests = requests.EnumerateArray().ToDictionary(request => request.GetProperty("id").GetString()!, request => request.Clone());

    public static async Task<GatewayLog> ReadAsync(HttpClient http)
    {
        using var response = await http.GetAsync(new Uri("/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                using var document = JsonDocument.Parse(line["data:".Length..]);
                return new GatewayLog(document.RootElement.GetProperty("requests"));
            }
        }

        throw new InvalidOperationException("GET /events tells nothing.");
    }

    /// <summary>The reply with the entries that were asked; with a flaw if the reply itself tells other things.</summary>
    public Reply Complete(Reply reply)
    {
        if (reply.Hung || reply.RequestId is not { } id)
        {
            return reply;
        }

        if (!_requests.TryGetValue(id, out var request))
        {
            return reply with { Flaw = reply.Flaw ?? "a request that the gateway does not remember" };
        }

        IReadOnlyList<string> asks =
        [
            .. request.GetProperty("attempts").EnumerateArray()
                .Where(attempt => attempt.GetProperty("outcome").GetString() != "skipped")
                .Select(attempt => attempt.GetProperty("provider").GetString()!),
        ];
        return reply with { Asks = reply.Error is null ? asks : reply.Asks, Flaw = reply.Flaw ?? FlawOf(reply, request, asks) };
    }

    private static string? FlawOf(Reply reply, JsonElement request, IReadOnlyList<string> asks)
    {
        var outcome = request.GetProperty("outcome").GetString();
        if (outcome != (reply.Error is null ? "success" : "failure"))
        {
            return $"a request that the gateway remembers as a {outcome}";
        }

        if (reply.Error is not null)
        {
            return reply.Asks.Count > 0 && !reply.Asks.SequenceEqual(asks) ? "an error that lists other attempts than the gateway" : null;
        }

        // A stream says at its beginning who was asked until then; it may be taken up later.
        var (provider, model) = (request.GetProperty("provider").GetString(), request.GetProperty("model").GetString());
        return reply.Counted is not { } counted || counted > asks.Count || asks[counted - 1] != reply.Provider
            ? $"{reply.Counted} attempts and '{reply.Provider}' in the headers, and {string.Join(", ", asks)} in the gateway's memory"
            : provider != asks[^1] || model != Entries.ModelOf(provider) ? $"'{model}' of '{provider}' in the gateway's memory"
            : null;
    }
}
