using System.Text.Json;

namespace FlexiAI.Tests;

public sealed class WatchTests : IDisposable
{
    private readonly FlexiProcess _flexiai = new();

    public void Dispose() => _flexiai.Dispose();

    [Fact]
    public async Task Each_request_and_each_change_of_a_circuit_is_a_line_and_ctrl_c_ends_it()
    {
        await using var gateway = await TestGateway.StartAsync(names: ["first", "second"]);
        await gateway.AskAsync();
        var ending = await WatchAsync(gateway, "watch", "--url", gateway.Url);

        Assert.Equal((130, "flexiai: cancelled.\n"), (ending.ExitCode, ending.Error));
        Assert.Collection(
            ending.Lines,
            line => Assert.Matches(@"^\d{4}-\d\d-\d\dT[\d:.]+Z  circuit +first: closed -> isolated \(manual\)$", line),
            line => Assert.Matches(@"Z  second +chat, HTTP 200, \d+ ms: first skipped \(isolated\), second answers$", line));
        ending.AssertPlain();
    }

    [Fact]
    public async Task As_json_each_is_an_object_in_a_line()
    {
        await using var gateway = await TestGateway.StartAsync(names: ["first", "second"]);
        var ending = await WatchAsync(gateway, "watch", "--json", "--url", gateway.Url);

        Assert.Equal(130, ending.ExitCode);
        var news = ending.Lines.Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal(["transition", "request"], news.Select(line => line.EnumerateObject().First() is { Name: "event" } name ? name.Value.GetString() : null));
        Assert.Equal(("first", "isolated"), (news[0].GetProperty("provider").GetString(), news[0].GetProperty("to").GetString()));
        Assert.Equal(("second", 2), (news[1].GetProperty("provider").GetString(), news[1].GetProperty("attempts").GetArrayLength()));
    }

    [Fact]
    public async Task When_nobody_reads_it_any_more_it_ends_without_a_word_or_another_line()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The pipe is a shell's.");
        await using var gateway = await TestGateway.StartAsync(names: ["first"]);
        var running = _flexiai.PipeAsync("head -2", "watch", "--url", gateway.Url);
        await Until.TrueAsync(() => gateway.Watchers == 1, "watching");
        await gateway.AskAsync();
        await gateway.AskAsync();

        var ending = await running;

        Assert.Equal((0, "", 2), (ending.ExitCode, ending.Error, ending.Lines.Count));
        await Until.TrueAsync(() => gateway.Watchers == 0, "nobody watching");
    }

    [Fact]
    public async Task A_gateway_that_comes_back_is_watched_again()
    {
        var before = await TestGateway.StartAsync(names: ["first"]);
        var url = before.Url;
        await using var watch = RunningProcess.Start(_flexiai, "watch", "--url", url);
        await Until.TrueAsync(() => before.Watchers == 1, "watching");
        await before.AskAsync();
        await watch.WritesAsync(1);
        await before.DisposeAsync();
        await using var after = await TestGateway.StartAsync(url: url, names: ["first"]);
        await after.AskAsync();
        await Until.TrueAsync(() => after.Watchers == 1, "watching again");
        await after.AskAsync();
        await watch.WritesAsync(3);
        watch.Signal("INT");
        var ending = await watch.EndAsync();

        Assert.Equal(130, ending.ExitCode);
        Assert.Equal(3, ending.Lines.Count);
        Assert.Contains("flexiai: the connection is lost, trying again: ", ending.Error, StringComparison.Ordinal);
        Assert.Contains("flexiai: connected again.\n", ending.Error, StringComparison.Ordinal);
    }

    private async Task<Ending> WatchAsync(TestGateway gateway, params string[] arguments)
    {
        await using var watch = RunningProcess.Start(_flexiai, arguments);
        await Until.TrueAsync(() => gateway.Watchers == 1, "watching");
        gateway.Client.IsolateProvider("first");
        await watch.WritesAsync(1);
        await gateway.AskAsync();
        await watch.WritesAsync(2);
        watch.Signal("INT");
        return await watch.EndAsync();
    }
}
