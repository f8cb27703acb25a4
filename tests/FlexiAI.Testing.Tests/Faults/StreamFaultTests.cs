using Anthropic.Exceptions;
using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>Faults within a stream, as the official SDKs show them.</summary>
public sealed class StreamFaultTests
{
    private const string Sixty = "w01 w02 w03 w04 w05 w06 w07 w08 w09 w10";

    public static TheoryData<SimulatedWire> Sdks => [SimulatedWire.OpenAI, SimulatedWire.Anthropic];

    [Theory]
    [MemberData(nameof(Sdks))]
    public async Task Cut_after_n_gives_n_tokens_and_an_IOException(SimulatedWire wire)
    {
        var (text, finish, exception) = await StreamAsync(wire, Fault.CutAfter(4));

        Assert.Equal("w01 w02 w03 w04", text);
        Assert.Null(finish);
        Assert.IsAssignableFrom<IOException>(exception);
    }

    [Theory]
    [MemberData(nameof(Sdks))]
    public async Task Cut_beyond_the_end_gives_the_text_but_no_finish_reason(SimulatedWire wire)
    {
        var (text, finish, exception) = await StreamAsync(wire, Fault.CutAfter(int.MaxValue));

        Assert.Equal(Sixty, text);
        Assert.Null(finish);
        Assert.IsAssignableFrom<IOException>(exception);
    }

    [Theory]
    [MemberData(nameof(Sdks))]
    public async Task A_clean_end_looks_like_success_but_for_the_finish_reason(SimulatedWire wire)
    {
        var (text, finish, exception) = await StreamAsync(wire, Fault.EndAfter(3));

        Assert.Equal("w01 w02 w03", text);
        Assert.Null(finish);
        Assert.Null(exception);
    }

    [Theory]
    [MemberData(nameof(Sdks))]
    public async Task An_empty_200_gives_nothing_at_all(SimulatedWire wire)
    {
        var (text, finish, exception) = await StreamAsync(wire, Fault.EmptyReply());

        Assert.Equal(("", null, null), (text, finish, exception));
    }

    [Theory]
    [MemberData(nameof(Sdks))]
    public async Task A_broken_chunk_is_a_JSON_error(SimulatedWire wire)
    {
        var (text, _, exception) = await StreamAsync(wire, Fault.BrokenChunkAfter(2));

        Assert.Equal("w01 w02", text);
        Assert.True(exception is System.Text.Json.JsonException or AnthropicInvalidDataException, $"{exception}");
    }

    [Fact]
    public async Task An_error_event_is_an_exception_of_the_Anthropic_SDK()
    {
        var (text, _, exception) = await StreamAsync(SimulatedWire.Anthropic, Fault.ErrorEventAfter(2));

        Assert.Equal("w01 w02", text);
        Assert.IsType<AnthropicSseException>(exception);
    }

    [Fact]
    public async Task An_error_event_is_silent_in_the_OpenAI_SDK()
    {
        var (text, finish, exception) = await StreamAsync(SimulatedWire.OpenAI, Fault.ErrorEventAfter(2));

        Assert.Equal(("w01 w02", null, null), (text, finish, exception));
    }

    [Theory]
    [MemberData(nameof(Sdks))]
    public async Task Without_terminator_the_answer_is_complete(SimulatedWire wire)
    {
        var (text, finish, exception) = await StreamAsync(wire, Fault.WithoutDone());

        Assert.Equal((Sixty, ChatFinishReason.Stop, null), (text, finish, exception));
    }

    [Theory]
    [MemberData(nameof(Sdks))]
    public async Task No_choices_gives_no_content_and_no_finish_reason(SimulatedWire wire)
    {
        var (text, finish, exception) = await StreamAsync(wire, Fault.NoChoices());

        Assert.Equal(("", null, null), (text, finish, exception));
    }

    [Theory]
    [MemberData(nameof(Sdks))]
    public async Task A_stall_holds_the_rest_until_the_client_leaves(SimulatedWire wire)
    {
        await using var provider = await Raw.StartAsync(wire, new() { Answer = Sixty });
        provider.Faults.Always(Fault.StallAfter(2));
        using var client = provider.Chat();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Raw.Token);
        var text = "";
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: cancellation.Token))
            {
                text += update.Text;
                if (text == "w01 w02")
                {
                    await cancellation.CancelAsync();
                }
            }
        });

        Assert.Equal("w01 w02", text);
        Assert.Equal(SimulatedEnding.ClientAborted, await provider.Requests[0].WaitForEndAsync(Raw.Token));
    }

    private static async Task<(string Text, ChatFinishReason? Finish, Exception? Exception)> StreamAsync(SimulatedWire wire, Fault fault)
    {
        await using var provider = await Raw.StartAsync(wire, new() { Answer = Sixty });
        provider.Faults.Next(fault);
        using var client = provider.Chat();
        var (text, finish) = ("", default(ChatFinishReason?));
        try
        {
            await foreach (var update in client.GetStreamingResponseAsync("Hi", cancellationToken: Raw.Token))
            {
                text += update.Text;
                finish = update.FinishReason ?? finish;
            }

            return (text, finish, null);
        }
        catch (Exception exception)
        {
            return (text, finish, exception);
        }
    }
}
