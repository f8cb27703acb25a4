using System.Text.Json;

namespace FlexiAI.Tests;

public sealed class OperationTests : IDisposable
{
    private const string Odd = "team/gpt 100%2F é";

    private readonly FlexiProcess _flexiai = new();

    public void Dispose() => _flexiai.Dispose();

    [Fact]
    public async Task Isolate_promote_and_reset_do_what_they_say()
    {
        await using var gateway = await TestGateway.StartAsync(names: ["first", Odd, "third"]);
        _flexiai.With("FLEXIAI_URL", gateway.Url);

        var isolated = await _flexiai.RunAsync("isolate", Odd);
        Assert.Equal((0, ""), (isolated.ExitCode, isolated.Error));
        Assert.Contains(isolated.Lines, line => line.Contains(Odd, StringComparison.Ordinal) && line.Contains("isolated", StringComparison.Ordinal));
        Assert.Equal(CircuitState.Isolated, gateway.StateOf(Odd));

        var promoted = await _flexiai.RunAsync("promote", "third", "--json");
        Assert.Equal(0, promoted.ExitCode);
        Assert.Equal(
            [false, false, true],
            JsonElement.Parse(Assert.Single(promoted.Lines)).GetProperty("providers").EnumerateArray().Select(provider => provider.GetProperty("promoted").GetBoolean()));

        gateway.Client.IsolateProvider("first");
        Assert.Equal(0, (await _flexiai.RunAsync("reset", "FIRST")).ExitCode);
        Assert.Equal((CircuitState.Closed, CircuitState.Isolated), (gateway.StateOf("first"), gateway.StateOf(Odd)));
        Assert.Equal(0, (await _flexiai.RunAsync("reset")).ExitCode);
        Assert.Equal(CircuitState.Closed, gateway.StateOf(Odd));
    }

    [Fact]
    public async Task An_unknown_provider_is_refused_with_those_that_there_are()
    {
        await using var gateway = await TestGateway.StartAsync(names: ["first", "second"]);

        (await _flexiai.RunAsync("isolate", "nobody", "--url", gateway.Url)).AssertRefused("\"nobody\"; allowed: first, second.");
        (await _flexiai.RunAsync("promote", "..", "--url", gateway.Url)).AssertRefused("name is \"..\"; allowed:");
        Assert.Equal(CircuitState.Closed, gateway.StateOf("first"));
    }
}
