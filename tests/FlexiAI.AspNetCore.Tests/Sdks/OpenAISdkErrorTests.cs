using System.ClientModel;
using FlexiAI.Testing;
using OpenAI;
using OpenAI.Chat;

namespace FlexiAI.Tests;

/// <summary>What OpenAI's .NET SDK makes of what goes wrong.</summary>
public sealed class OpenAISdkErrorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(OpenAISdkTests.Wires), MemberType = typeof(OpenAISdkTests))]
    public async Task A_refusal_has_its_status_and_reason(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);

        Assert.Contains("invalid_request_error", await FailAsync(400, stage.OpenAI(), "[bad]"), StringComparison.Ordinal);
        Assert.Contains("key", await FailAsync(401, stage.OpenAI("fx-wrong"), "hello"), StringComparison.Ordinal);
        Assert.Contains("model_not_found", await FailAsync(404, stage.OpenAI(), "hello", "nobody"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OpenAISdkTests.Wires), MemberType = typeof(OpenAISdkTests))]
    public async Task When_all_providers_fail_the_caller_is_told_when_to_come_back(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);

        var whole = await Assert.ThrowsAsync<ClientResultException>(async () => await Ask(stage.OpenAI(), "hello", "down"));
        var streamed = await Assert.ThrowsAsync<ClientResultException>(async () =>
            await stage.OpenAI().GetChatClient("down").CompleteChatStreamingAsync([new UserChatMessage("hello")], cancellationToken: Stop).ToListAsync(Stop));

        foreach (var error in new[] { whole, streamed })
        {
            Assert.Equal(503, error.Status);
            Assert.Contains("all_providers_failed", error.GetRawResponse()!.Content.ToString(), StringComparison.Ordinal);
            Assert.True(error.GetRawResponse()!.Headers.TryGetValue("Retry-After", out var wait));
            Assert.InRange(int.Parse(wait!, System.Globalization.CultureInfo.InvariantCulture), 1, 7);
        }
    }

    [Theory]
    [MemberData(nameof(OpenAISdkTests.Wires), MemberType = typeof(OpenAISdkTests))]
    public async Task One_request_too_many_is_refused_and_one_that_is_left_ends_at_the_provider(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);
        await using (var held = stage.OpenAI(narrow: true).GetChatClient(SdkStage.Model)
            .CompleteChatStreamingAsync([new UserChatMessage("[stall]")], cancellationToken: Stop).GetAsyncEnumerator(Stop))
        {
            Assert.True(await held.MoveNextAsync());
            Assert.Contains("too_many_requests", await FailAsync(429, stage.OpenAI(narrow: true), "hello"), StringComparison.Ordinal);
        }

        Assert.Equal([SimulatedEnding.ClientAborted], await stage.LeftInMidStreamAsync());
    }

    [Theory]
    [MemberData(nameof(OpenAISdkTests.Wires), MemberType = typeof(OpenAISdkTests))]
    public async Task A_stream_that_is_cancelled_ends_at_the_provider(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in OpenAISdkTests.Chat(stage).CompleteChatStreamingAsync([new UserChatMessage("[stall]")], cancellationToken: leave.Token))
            {
                await leave.CancelAsync();
            }
        });

        Assert.Equal([SimulatedEnding.ClientAborted], await stage.LeftInMidStreamAsync());
    }

    [Theory]
    [MemberData(nameof(OpenAISdkTests.Wires), MemberType = typeof(OpenAISdkTests))]
    public async Task A_stream_that_breaks_off_raises_an_error_though_the_SDK_knows_no_error_events(SimulatedWire wire)
    {
        await using var stage = await SdkStage.StartAsync(wire);
        List<StreamingChatCompletionUpdate> updates = [];

        var error = await Record.ExceptionAsync(async () =>
        {
            await foreach (var update in OpenAISdkTests.Chat(stage).CompleteChatStreamingAsync([new UserChatMessage("[cut]")], cancellationToken: Stop))
            {
                updates.Add(update);
            }
        });

        Assert.NotNull(error);
        Assert.Equal(SdkAnswers.HelloBeforeCut, OpenAISdkTests.Text(updates));
        Assert.DoesNotContain(updates, update => update.FinishReason is not null);
    }

    private static async Task<string> FailAsync(int status, OpenAIClient client, string prompt, string model = SdkStage.Model)
    {
        var error = await Assert.ThrowsAsync<ClientResultException>(() => Ask(client, prompt, model));
        Assert.Equal(status, error.Status);
        return error.GetRawResponse()!.Content.ToString();
    }

    private static Task<ClientResult<ChatCompletion>> Ask(OpenAIClient client, string prompt, string model) =>
        client.GetChatClient(model).CompleteChatAsync([new UserChatMessage(prompt)], cancellationToken: Stop);
}
