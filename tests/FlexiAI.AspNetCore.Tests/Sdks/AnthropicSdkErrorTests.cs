using Anthropic;
using Anthropic.Exceptions;
using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>What Anthropic's .NET SDK makes of what goes wrong.</summary>
public sealed class AnthropicSdkErrorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(AnthropicSdkTests.Wires), MemberType = typeof(AnthropicSdkTests))]
    public async Task A_refusal_is_an_exception_of_its_own(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);

        Assert.Contains("invalid_request_error", (await FailAsync<AnthropicBadRequestException>(stage.Anthropic(), "[bad]")).ResponseBody, StringComparison.Ordinal);
        Assert.Contains("authentication_error", (await FailAsync<AnthropicUnauthorizedException>(stage.Anthropic("fx-wrong"), "hello")).ResponseBody, StringComparison.Ordinal);
        Assert.Contains("not_found_error", (await FailAsync<AnthropicNotFoundException>(stage.Anthropic(), "hello", "nobody")).ResponseBody, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AnthropicSdkTests.Wires), MemberType = typeof(AnthropicSdkTests))]
    public async Task When_all_providers_fail_the_service_is_unavailable(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);

        var whole = await FailAsync<AnthropicServiceUnavailableException>(stage.Anthropic(), "hello", "down");
        var streamed = await Assert.ThrowsAsync<AnthropicServiceUnavailableException>(async () =>
            await AnthropicSdkTests.Chat(stage, "down").GetStreamingResponseAsync("hello", cancellationToken: Stop).ToListAsync(Stop));

        Assert.Contains("overloaded_error", whole.ResponseBody, StringComparison.Ordinal);
        Assert.Contains("overloaded_error", streamed.ResponseBody, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AnthropicSdkTests.Wires), MemberType = typeof(AnthropicSdkTests))]
    public async Task One_request_too_many_is_refused_and_one_that_is_left_ends_at_the_provider(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);
        using var client = stage.Anthropic(narrow: true).AsIChatClient(SdkStage.Model, 100);
        await using (var held = client.GetStreamingResponseAsync("[stall]", cancellationToken: Stop).GetAsyncEnumerator(Stop))
        {
            Assert.True(await held.MoveNextAsync());
            await FailAsync<AnthropicRateLimitException>(stage.Anthropic(narrow: true), "hello");
        }

        Assert.Equal([SimulatedEnding.ClientAborted], await stage.LeftInMidStreamAsync());
    }

    [Theory]
    [MemberData(nameof(AnthropicSdkTests.Wires), MemberType = typeof(AnthropicSdkTests))]
    public async Task A_stream_that_is_cancelled_ends_at_the_provider(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in AnthropicSdkTests.Chat(stage).GetStreamingResponseAsync("[stall]", cancellationToken: leave.Token))
            {
                await leave.CancelAsync();
            }
        });

        Assert.Equal([SimulatedEnding.ClientAborted], await stage.LeftInMidStreamAsync());
    }

    [Theory]
    [MemberData(nameof(AnthropicSdkTests.Wires), MemberType = typeof(AnthropicSdkTests))]
    public async Task A_stream_that_breaks_off_raises_an_error(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);
        List<ChatResponseUpdate> updates = [];

        var error = await Record.ExceptionAsync(async () =>
        {
            await foreach (var update in AnthropicSdkTests.Chat(stage).GetStreamingResponseAsync("[cut]", cancellationToken: Stop))
            {
                updates.Add(update);
            }
        });

        Assert.NotNull(error);
        Assert.Equal(SdkAnswers.HelloBeforeCut, string.Concat(updates.Select(update => update.Text)));
        Assert.DoesNotContain(updates, update => update.FinishReason is not null);
    }

    private static async Task<T> FailAsync<T>(AnthropicClient client, string prompt, string model = SdkStage.Model)
        where T : Exception
    {
        using var chat = client.AsIChatClient(model, 100);
        return await Assert.ThrowsAsync<T>(() => chat.GetResponseAsync(prompt, cancellationToken: Stop));
    }
}
