using FlexiAI.Testing;

namespace FlexiAI.Tests;

public sealed class ChatTests : IDisposable
{
    private readonly FlexiProcess _flexiai = new();

    public void Dispose() => _flexiai.Dispose();

    [Fact]
    public async Task WithoutAConfiguration_ASimulatedProviderAnswersAndTheCommandSaysSo()
    {
        var ending = await _flexiai.RunAsync("chat", "Hello");

        Assert.Equal(0, ending.ExitCode);
        Assert.StartsWith("This is a simulated answer", ending.Out, StringComparison.Ordinal);
        Assert.EndsWith("You said: Hello\n", ending.Out, StringComparison.Ordinal);
        Assert.Contains("No provider is configured", ending.Error, StringComparison.Ordinal);
        Assert.Contains("Answered by openai (simulated), gpt-4o-mini, 1 attempt", ending.Error, StringComparison.Ordinal);
        ending.AssertPlain();
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    [InlineData("gemini")]
    public async Task EachSimulatedProvider_CanBeAskedFirst(string provider)
    {
        var ending = await _flexiai.RunAsync("chat", "Hello", "--provider", provider);

        Assert.Equal(0, ending.ExitCode);
        Assert.Contains($"Answered by {provider} (simulated)", ending.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProxiesOfTheEnvironment_AreNotInTheWayOfSimulatedProviders()
    {
        const string nowhere = "http://127.0.0.1:1";
        var ending = await _flexiai.With("HTTP_PROXY", nowhere).With("http_proxy", nowhere).With("ALL_PROXY", nowhere).RunAsync("chat", "Hello");

        Assert.Equal(0, ending.ExitCode);
    }

    [Fact]
    public async Task WithAFileHere_ItsProviderAnswersAndTheAnswerAloneIsOnStandardOutput()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, new() { Answer = "Grüße, 世界 🌍" }, TestContext.Current.CancellationToken);
        var ending = await _flexiai.WithFile(Config.For(provider)).RunAsync("chat", "Wie geht's?", "--system", "Be brief");

        Assert.Equal("Grüße, 世界 🌍\n", ending.Out);
        Assert.Matches(@"^Answered by openai, model-of-openai, 1 attempt, [\d.]+ s, \d+ tokens in, \d+ out\.\n$", ending.Error);
        Assert.Equal(["Be brief", "Wie geht's?"], provider.Requests.Single().Messages.Select(message => message.Text));
        Assert.True(provider.Requests.Single().IsStreaming);
    }

    [Fact]
    public async Task AFailingPrimary_IsReplacedAndNamed()
    {
        await using var primary = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: TestContext.Current.CancellationToken);
        await using var backup = await SimulatedProvider.StartAsync(SimulatedWire.Anthropic, cancellationToken: TestContext.Current.CancellationToken);
        primary.Faults.Always(Fault.InvalidApiKey());
        var ending = await _flexiai.WithFile(Config.For(primary, backup), "other.json").RunAsync("chat", "Hello", "--config", "other.json");

        Assert.Equal((0, "Hello from anthropic\n"), (ending.ExitCode, ending.Out));
        Assert.Contains("Answered by anthropic, model-of-anthropic, 2 attempts (openai failed: Authentication)", ending.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhenAllFail_TheAttemptsAreListedWithoutTheKeyAndTheExitCodeIs1()
    {
        await using var first = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: TestContext.Current.CancellationToken);
        await using var second = await SimulatedProvider.StartAsync(SimulatedWire.Google, cancellationToken: TestContext.Current.CancellationToken);
        first.Faults.Always(Fault.InvalidApiKey());
        second.Faults.Always(Fault.ModelNotFound());
        var ending = await _flexiai.WithFile(Config.For(first, second)).RunAsync("chat", "Hello");

        Assert.Equal((1, ""), (ending.ExitCode, ending.Out));
        Assert.StartsWith("flexiai: no provider answered.\n  openai: Authentication, HTTP 401 ", ending.Error, StringComparison.Ordinal);
        Assert.Contains("\n  google: ModelNotFound, HTTP 404 ", ending.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Config.Key, ending.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACallersFault_IsToldAndTheExitCodeIs1()
    {
        await using var provider = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: TestContext.Current.CancellationToken);
        provider.Faults.Always(Fault.InvalidRequest());
        var ending = await _flexiai.WithFile(Config.For(provider)).RunAsync("chat", "Hello");

        Assert.Equal(1, ending.ExitCode);
        Assert.StartsWith("flexiai: ", ending.Error, StringComparison.Ordinal);
        Assert.Contains("400", ending.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ending.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAnswerThatIsCutOff_IsShownAsFarAsItCameAndToldToBeCutOff()
    {
        await using var provider = await SimulatedProvider.StartAsync(
            SimulatedWire.OpenAI, new() { Answer = "one two three four" }, TestContext.Current.CancellationToken);
        provider.Faults.Always(Fault.EndAfter(2));
        var ending = await _flexiai.WithFile(Config.For(provider)).RunAsync("chat", "Count");

        Assert.Equal(1, ending.ExitCode);
        Assert.Equal("one two", ending.Out.Trim());
        Assert.Contains("cut off", ending.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Answered by", ending.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CtrlC_EndsTheRequestWithExitCode130()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The signal is sent with Linux's own tools.");
        await using var provider = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, cancellationToken: TestContext.Current.CancellationToken);
        provider.Faults.Always(Fault.Silence());
        _flexiai.WithFile(Config.For(provider));
        var ending = await _flexiai.InterruptAsync(_ => provider.WaitForRequestsAsync(1, TestContext.Current.CancellationToken), "chat", "Hello");

        Assert.Equal((130, "", "flexiai: cancelled.\n"), (ending.ExitCode, ending.Out, ending.Error));
        Assert.Equal(SimulatedEnding.ClientAborted, await provider.Requests.Single().WaitForEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task APromptThatLooksLikeAResponseFile_IsAPrompt()
    {
        var ending = await _flexiai.RunAsync("chat", "@nobody");

        Assert.EndsWith("You said: @nobody\n", ending.Out, StringComparison.Ordinal);
    }
}
