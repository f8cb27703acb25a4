using System.Text;
using System.Text.Json;

namespace FlexiAI.Tests;

/// <summary>A running <c>flexiai serve</c> on a free port.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private ServeProcess(RunningProcess process, string url)
    {
        (Process, Url) = (process, url);
        Http = new HttpClient { BaseAddress = new Uri($"{url}/"), Timeout = Timeout.InfiniteTimeSpan };
    }

    public RunningProcess Process { get; }

    public string Url { get; }

    public HttpClient Http { get; }

    public static async Task<ServeProcess> StartAsync(FlexiProcess flexiai, params string[] arguments)
    {
        var process = RunningProcess.Start(flexiai, ["serve", "--urls", "http://127.0.0.1:0", .. arguments]);
        await Until.TrueAsync(() => process.Out.Contains("Ctrl+C stops it.") || process.Error.Any(line => line.StartsWith("flexiai:", StringComparison.Ordinal)), "serving");
        Assert.DoesNotContain(process.Error, line => line.StartsWith("flexiai:", StringComparison.Ordinal));
        return new ServeProcess(process, process.Out[0].Split(' ')[^1]);
    }

    /// <summary>Asks, and tells who answered; null where nobody did.</summary>
    public async Task<string?> AskAsync(string model = "auto")
    {
        using var response = await SendAsync(Http, model, streamed: false);
        await response.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);
        return response.IsSuccessStatusCode ? response.Headers.GetValues("x-flexiai-provider").Single() : null;
    }

    /// <summary>Asks for a stream that goes on.</summary>
    public Task<HttpResponseMessage> BeginStreamAsync() => SendAsync(Http, "auto", streamed: true);

    /// <summary>Whether a caller who comes anew is turned away.</summary>
    public async Task<bool> TurnsAwayAsync()
    {
        using var http = new HttpClient { BaseAddress = Http.BaseAddress };
        try
        {
            using var response = await SendAsync(http, "auto", streamed: false);
            return response.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    }

    public async Task PostAsync(string path)
    {
        using var response = await Http.PostAsync(new Uri(path, UriKind.Relative), null, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public async Task<string> StateOfAsync(string provider)
    {
        var status = JsonElement.Parse(await Http.GetStringAsync(new Uri("status", UriKind.Relative), TestContext.Current.CancellationToken));
        return status.GetProperty("providers").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == provider).GetProperty("circuit").GetProperty("state").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Process.DisposeAsync();
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string model, bool streamed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions")
        {
            Content = new StringContent(
                $$"""{"model":"{{model}}","stream":{{(streamed ? "true" : "false")}},"messages":[{"role":"user","content":"Hello"}]}""", Encoding.UTF8, "application/json"),
        };
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
