using System.Net.Http.Headers;
using System.Text;
using FlexiAI.Testing;

namespace FlexiAI.GatewayBench;

/// <summary>
/// What the simulated provider answers to one request, byte for byte. It makes each answer anew and keeps every request, which no throughput of a
/// proxy can be measured against; what it sent once is sent again as fast as Kestrel can.
/// </summary>
internal sealed record WallRecording(string ContentType, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    private static readonly string Answer = string.Join(' ', Enumerable.Range(1, 100).Select(number => $"word{number}"));

    /// <summary>The events of a stream: those up to the first content together, then each by itself.</summary>
    public IReadOnlyList<byte[]> Events { get; private init; } = [];

    public static async Task<WallRecording> OfAsync(SimulatedWire wire, string path, string body)
    {
        await using var wall = await SimulatedProvider.StartAsync(wire, new SimulatedProviderOptions { Answer = Answer });
        using var http = new HttpClient();
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(wall.Origin + path)) { Content = content };
        request.Headers.Add("Authorization", "Bearer " + Requests.Key);
        request.Headers.Add("x-api-key", Requests.Key);
        request.Headers.Add("anthropic-version", "2023-06-01");
        using var reply = (await http.SendAsync(request)).EnsureSuccessStatusCode();
        var bytes = await reply.Content.ReadAsByteArrayAsync();
        var headers = reply.Headers.Where(header => header.Key is not ("Date" or "Transfer-Encoding" or "Connection"))
            .Select(header => KeyValuePair.Create(header.Key, string.Join(", ", header.Value)));
        return new WallRecording(reply.Content.Headers.ContentType!.ToString(), [.. headers], bytes) { Events = Split(bytes) };
    }

    private static List<byte[]> Split(byte[] stream)
    {
        List<byte[]> events = [];
        var (start, at, hasContent) = (0, 0, false);
        while (stream.AsSpan(at).IndexOf("\n\n"u8) is >= 0 and var end)
        {
            at += end + 2;
            hasContent = hasContent || FirstContent.IsIn(stream.AsSpan(start, at - start));
            if (hasContent)
            {
                events.Add(stream[start..at]);
                start = at;
            }
        }

        return events;
    }
}
