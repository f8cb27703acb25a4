namespace FlexiAI.Tests;

/// <summary><c>kill</c> while streams are running.</summary>
public sealed class ServeStopTests : IDisposable
{
    private const int Streams = 50;

    private readonly FlexiProcess _flexiai = new();

    public void Dispose() => _flexiai.Dispose();

    [Fact]
    public async Task Streams_go_on_to_their_end_while_nobody_new_is_let_in()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals.");
        await using var provider = await ServeConfig.ProviderAsync("first");
        var gate = new Gate();
        provider.Faults.Next(Streams, gate.Fault);
        await using var serve = await ServeProcess.StartAsync(_flexiai.WithFile(ServeConfig.For("", provider)));
        var streams = await BeginAsync(serve, gate);

        serve.Process.Signal("TERM");
        await Until.TrueAsync(serve.TurnsAwayAsync, "new callers turned away");
        gate.Open();
        var texts = await Until.DoneAsync(Task.WhenAll(streams));
        var ending = await serve.Process.EndAsync();

        Assert.All(texts, text =>
        {
            Assert.Contains("second half", text, StringComparison.Ordinal);
            Assert.EndsWith("data: [DONE]\n\n", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"error\"", text, StringComparison.Ordinal);
        });
        Assert.Equal(0, ending.ExitCode);
    }

    [Fact]
    public async Task Streams_that_outlast_the_drain_are_told_so_and_none_looks_whole()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals.");
        await using var provider = await ServeConfig.ProviderAsync("first");
        var gate = new Gate();
        provider.Faults.Always(gate.Fault);
        await using var serve = await ServeProcess.StartAsync(
            _flexiai.WithFile(ServeConfig.For("""
                "Gateway": { "DrainTimeout": "00:00:01" }
                """, provider)));
        var streams = await BeginAsync(serve, gate);

        serve.Process.Signal("TERM");
        var texts = await Until.DoneAsync(Task.WhenAll(streams));
        var ending = await serve.Process.EndAsync();

        Assert.All(texts, text =>
        {
            Assert.Contains("first half", text, StringComparison.Ordinal);
            Assert.Contains("\"error\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("[DONE]", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"stop\"", text, StringComparison.Ordinal);
        });
        Assert.Equal(0, ending.ExitCode);
    }

    private static async Task<List<Task<string>>> BeginAsync(ServeProcess serve, Gate gate)
    {
        var streams = Enumerable.Range(0, Streams).Select(_ => ReadAsync(serve)).ToList();
        await Until.TrueAsync(() => gate.Waiting == Streams, $"{Streams} streams");
        return streams;
    }

    // The connection is broken off behind an error event, so that clients that know none do not take the end for that of the answer.
    private static async Task<string> ReadAsync(ServeProcess serve)
    {
        using var response = await serve.BeginStreamAsync();
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var read = new MemoryStream();
        try
        {
            await body.CopyToAsync(read, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
        }

        return System.Text.Encoding.UTF8.GetString(read.ToArray());
    }
}
