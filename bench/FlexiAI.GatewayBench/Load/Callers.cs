using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace FlexiAI.GatewayBench;

/// <summary>
/// Callers that read streams, in a process of their own: wrk tells neither when the first content came nor whether a stream had its end.
/// </summary>
internal sealed class Callers
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(2) };
    private readonly Lock _lock = new();
    private readonly List<double> _first = [];
    private (int Complete, int Broken, long Events) _seen;
    private string? _problem;

    /// <summary>Has another process ask so many times at once, each again and again for so many seconds; 0 for once.</summary>
    public static async Task<CallerReport> RunAsync(string origin, string body, int callers, int seconds)
    {
        using var process = Process.Start(new ProcessStartInfo(
            DotNet.Path, ["exec", DotNet.This, "callers", origin + Requests.Path, body, Text(callers), Text(seconds)])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        return output.Length > 0 ? JsonSerializer.Deserialize<CallerReport>(output, Json)! : throw new InvalidOperationException("The callers' process failed.");
    }

    /// <summary>Is that process.</summary>
    public static async Task AskAsync(string url, string body, int callers, int seconds)
    {
        var all = new Callers();
        var (address, bytes) = (new Uri(url), Encoding.UTF8.GetBytes(body));
        var asking = new List<Task>();
        var startedAt = Stopwatch.GetTimestamp();
        for (var i = 0; i < callers; i++)
        {
            asking.Add(all.AskOnAsync(address, bytes, startedAt, TimeSpan.FromSeconds(seconds)));
            if (i % 50 == 49)
            {
                // So that the queue of connections that nobody has accepted yet does not run over.
                await Task.Delay(10);
            }
        }

        await Task.WhenAll(asking);
        Console.WriteLine(JsonSerializer.Serialize(new CallerReport(all._seen.Complete, all._seen.Broken, all._seen.Events, all._first, all._problem), Json));
    }

    private async Task AskOnAsync(Uri address, byte[] body, long startedAt, TimeSpan time)
    {
        do
        {
            await AskOnceAsync(address, body);
        }
        while (Stopwatch.GetElapsedTime(startedAt) < time);
    }

    private async Task AskOnceAsync(Uri address, byte[] body)
    {
        var reply = new ReplyReader();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Requests.Key);
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            await reply.ReadAsync(response.EnsureSuccessStatusCode());
            Count(reply, problem: null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            Count(reply, e.Message);
        }
    }

    private void Count(ReplyReader reply, string? problem)
    {
        lock (_lock)
        {
            var complete = problem is null && reply.IsComplete;
            _problem = problem ?? (complete ? _problem : "It ended early.");
            _seen = (_seen.Complete + (complete ? 1 : 0), _seen.Broken + (complete ? 0 : 1), _seen.Events + reply.Events);
            _first.Add(reply.FirstContentAfter.TotalMilliseconds);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
