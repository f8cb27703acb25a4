using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace FlexiAI.FaultWall;

/// <summary>Asks the gateway by the SDK of a vendor, whose own retries are off, and reads beside it what comes over the wire.</summary>
internal sealed class GatewayVoice : IVoice, IDisposable
{
    private readonly WallCaller _caller;
    private readonly WireRecorder _recorder = new();
    private readonly HttpClient _http;
    private readonly IChatClient _sdk;

    public GatewayVoice(WallCaller caller, string address)
    {
        _caller = caller;
        _http = new HttpClient(_recorder) { Timeout = Timeout.InfiniteTimeSpan };
        _sdk = caller == WallCaller.Anthropic
            ? new AnthropicClient(new ClientOptions { ApiKey = "no-key", BaseUrl = address, MaxRetries = 0, HttpClient = _http }).AsIChatClient("auto", 1_000)
            : new ChatClient("auto", new ApiKeyCredential("no-key"), new OpenAIClientOptions
            {
                Endpoint = new Uri($"{address}/v1"),
                RetryPolicy = new ClientRetryPolicy(0),
                Transport = new HttpClientPipelineTransport(_http),
            }).AsIChatClient();
    }

    public async Task<Reply> AskAsync(bool streamed, Heard heard, CancellationToken cancellationToken)
    {
        var (text, thrown) = ("", default(Exception));
        try
        {
            if (!streamed)
            {
                text = (await _sdk.GetResponseAsync(Heard.Question, cancellationToken: cancellationToken)).Text;
            }
            else if (!await heard.StreamAsync(_sdk, [], cancellationToken))
            {
                return new Reply { Hung = true, Text = heard.Text };
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            thrown = e;
        }

        return await _recorder.TakeAsync(cancellationToken) is [var recording]
            ? GatewayReply.Of(recording, WireReader.For(_caller).Read(recording), streamed ? heard.Text : text, thrown)
            : Reply.Of(thrown ?? new InvalidOperationException("The SDK has not asked exactly once."));
    }

    public void Dispose()
    {
        _sdk.Dispose();
        _http.Dispose();
    }
}
