using System.Net.Sockets;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

public sealed class ConnectionFaultTests
{
    public static TheoryData<SimulatedWire> Wires => [SimulatedWire.OpenAI, SimulatedWire.Anthropic, SimulatedWire.Google];

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Reset_before_headers_is_seen_as_a_reset(SimulatedWire wire)
    {
        await using var provider = await Raw.StartAsync(wire);
        provider.Faults.Next(Fault.Reset());

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => Raw.SendAsync(provider.Request()));

        Assert.Equal(SocketError.ConnectionReset, exception.SocketError());
        Assert.Equal(SimulatedEnding.Broken, await provider.Requests[0].WaitForEndAsync(Raw.Token));
        Assert.Null(provider.Requests[0].Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cut_within_the_answer_is_seen_as_a_reset_after_exactly_those_tokens(bool streamed)
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI, new() { Answer = "a b c d e f g h" });
        provider.Faults.Always(Fault.CutAfter(5));
        using var http = new HttpClient();
        for (var round = 0; round < 20; round++)
        {
            using var response = await http.SendAsync(provider.Request(streamed), HttpCompletionOption.ResponseHeadersRead, Raw.Token);

            var (text, exception) = await response.ReadUntilItFailsAsync();

            Assert.Equal(SocketError.ConnectionReset, exception.SocketError());
            Assert.Equal(streamed ? 6 : 0, text.Split("data: ").Length - 1);
        }
    }

    [Fact]
    public async Task A_cut_late_in_a_long_answer_loses_none_of_the_tokens_sent_before()
    {
        // A reset drops what the socket has not sent yet: more tokens than may be under way unacknowledged are needed to see it.
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI, new() { Answer = string.Join(' ', Enumerable.Repeat("word", 60)) });
        provider.Faults.Always(Fault.CutAfter(40));
        for (var round = 0; round < 20; round++)
        {
            using var http = new HttpClient();
            using var response = await http.SendAsync(provider.Request(true), HttpCompletionOption.ResponseHeadersRead, Raw.Token);

            var (text, exception) = await response.ReadUntilItFailsAsync();

            Assert.Equal(SocketError.ConnectionReset, exception.SocketError());
            Assert.Equal(41, text.Split("data: ").Length - 1);
        }
    }

    [Fact]
    public async Task Silence_lasts_until_the_client_goes_away_and_is_noted_as_its_doing()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Anthropic);
        provider.Faults.Always(Fault.Silence());
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Raw.Token);
        using var http = new HttpClient();
        var call = http.SendAsync(provider.Request(), cancellation.Token);
        await provider.WaitForRequestsAsync(1, Raw.Token);
        Assert.Equal(SimulatedEnding.Open, provider.Requests[0].Ending);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(SimulatedEnding.ClientAborted, await provider.Requests[0].WaitForEndAsync(Raw.Token));
        Assert.True(provider.Requests[0].ClientAborted);
    }

    [Fact]
    public async Task A_body_stalls_after_its_half()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Google);
        provider.Faults.Always(Fault.StalledBody());
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Raw.Token);
        using var http = new HttpClient();
        using var response = await http.SendAsync(provider.Request(), HttpCompletionOption.ResponseHeadersRead, Raw.Token);
        var promised = (int)response.Content.Headers.ContentLength!.Value;
        await using var body = await response.Content.ReadAsStreamAsync(Raw.Token);
        await body.ReadExactlyAsync(new byte[promised / 2], Raw.Token);

        var rest = body.ReadAsync(new byte[1], cancellation.Token).AsTask();
        Assert.Equal(SimulatedEnding.Open, provider.Requests[0].Ending);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rest);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_truncated_body_is_seen_as_an_early_end(bool streamed)
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI);
        provider.Faults.Always(Fault.TruncatedBody(1));
        using var http = new HttpClient();
        using var response = await http.SendAsync(provider.Request(streamed), HttpCompletionOption.ResponseHeadersRead, Raw.Token);

        var (text, exception) = await response.ReadUntilItFailsAsync();

        Assert.Equal(HttpRequestError.ResponseEnded, Assert.IsType<HttpIOException>(exception).HttpRequestError);
        Assert.NotEmpty(text);
        Assert.Equal(SimulatedEnding.Broken, await provider.Requests[0].WaitForEndAsync(Raw.Token));
    }

    [Fact]
    public async Task Endless_headers_break_the_clients_limit_and_end_with_it()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI);
        provider.Faults.Always(Fault.EndlessHeaders());

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => Raw.SendAsync(provider.Request()));

        Assert.Equal(HttpRequestError.ConfigurationLimitExceeded, exception.HttpRequestError);
        await provider.Requests[0].WaitForEndAsync(Raw.Token);
    }

    [Fact]
    public async Task A_stopped_provider_refuses_connections_and_answers_again_on_the_same_port()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI);
        var baseUrl = provider.BaseUrl;
        using var http = new HttpClient();
        using (await http.SendAsync(provider.Request(), Raw.Token))
        {
            await provider.StopListeningAsync();
        }

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(provider.Request(), Raw.Token));
        await provider.ResumeAsync(Raw.Token);
        using var response = await http.SendAsync(provider.Request(), Raw.Token);

        Assert.Equal(SocketError.ConnectionRefused, exception.SocketError());
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(baseUrl, provider.BaseUrl);
        Assert.Equal(2, provider.Requests.Count);
    }
}
