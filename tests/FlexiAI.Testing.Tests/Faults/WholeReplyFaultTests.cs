using System.ClientModel;
using System.Net.Sockets;
using System.Text.Json;
using Anthropic.Exceptions;
using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>Faults of whole replies, as the official SDKs show them.</summary>
public sealed class WholeReplyFaultTests
{
    public static TheoryData<SimulatedWire> Sdks => [SimulatedWire.OpenAI, SimulatedWire.Anthropic];

    [Fact]
    public async Task A_status_is_an_exception_with_its_number_and_body()
    {
        var openai = Assert.IsType<ClientResultException>(await AskAsync(SimulatedWire.OpenAI, Fault.RateLimited(TimeSpan.FromSeconds(7))));
        var anthropic = Assert.IsAssignableFrom<AnthropicApiException>(await AskAsync(SimulatedWire.Anthropic, Fault.Overloaded()));

        Assert.Equal(429, openai.Status);
        Assert.True(openai.GetRawResponse()!.Headers.TryGetValue("retry-after", out var wait));
        Assert.Equal("7", wait);
        Assert.Equal(529, (int)anthropic.StatusCode);
        Assert.Contains("overloaded_error", anthropic.ResponseBody, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Sdks))]
    public async Task Broken_JSON_and_HTML_are_JSON_errors(SimulatedWire wire)
    {
        Assert.IsAssignableFrom<JsonException>(await AskAsync(wire, Fault.BrokenJson()));
        Assert.IsAssignableFrom<JsonException>(await AskAsync(wire, Fault.Html()));
        Assert.IsAssignableFrom<JsonException>(await AskAsync(wire, Fault.EndAfter(0)));
    }

    [Fact]
    public async Task An_error_object_in_a_200_is_no_answer()
    {
        Assert.IsType<ArgumentOutOfRangeException>(await AskAsync(SimulatedWire.OpenAI, Fault.ErrorInside200()));
        Assert.IsType<AnthropicInvalidDataException>(await AskAsync(SimulatedWire.Anthropic, Fault.ErrorInside200()));
    }

    [Theory]
    [MemberData(nameof(Sdks))]
    public async Task A_reset_is_found_at_the_bottom_of_the_exception(SimulatedWire wire)
    {
        Assert.Equal(SocketError.ConnectionReset, (await AskAsync(wire, Fault.Reset())).SocketError());
        Assert.Equal(SocketError.ConnectionReset, (await AskAsync(wire, Fault.CutAfter(0))).SocketError());
    }

    [Theory]
    [MemberData(nameof(Sdks))]
    public async Task A_refused_connection_is_found_at_the_bottom_of_the_exception(SimulatedWire wire)
    {
        await using var provider = await Raw.StartAsync(wire);
        await provider.StopListeningAsync();
        using var client = provider.Chat();

        var exception = await Record.ExceptionAsync(() => client.GetResponseAsync("Hi", cancellationToken: Raw.Token));

        Assert.Equal(SocketError.ConnectionRefused, exception.SocketError());
    }

    [Theory]
    [MemberData(nameof(Sdks))]
    public async Task After_each_fault_the_same_client_is_answered(SimulatedWire wire)
    {
        await using var provider = await Raw.StartAsync(wire);
        using var client = provider.Chat();
        Fault[] faults =
        [
            Fault.Status(500), Fault.Reset(), Fault.CutAfter(0), Fault.TruncatedBody(), Fault.EndAfter(0), Fault.Html(), Fault.Garbage(),
            Fault.EmptyReply(), Fault.EndlessHeaders(), Fault.BrokenJson(), Fault.ErrorInside200(),
        ];
        foreach (var fault in faults)
        {
            provider.Faults.Next(fault);
            Assert.NotNull(await Record.ExceptionAsync(() => client.GetResponseAsync("Hi", cancellationToken: Raw.Token)));

            Assert.Equal(provider.Answer, (await client.GetResponseAsync("Hi", cancellationToken: Raw.Token)).Text);
        }

        Assert.Equal(faults.Length * 2, provider.Requests.Count);
    }

    private static async Task<Exception?> AskAsync(SimulatedWire wire, Fault fault)
    {
        await using var provider = await Raw.StartAsync(wire);
        provider.Faults.Next(fault);
        using var client = provider.Chat();
        return await Record.ExceptionAsync(() => client.GetResponseAsync("Hi", cancellationToken: Raw.Token));
    }
}
