namespace FlexiAI.Testing;

/// <summary>OpenAI's REST API, as its reference describes it; the end of the path decides, so that compatible servers' prefixes work.</summary>
internal sealed class OpenAIWire(WireFacts facts) : Wire(facts)
{
    public override string ContentProperty => "choices";

    public override string BrokenChunk => "{\"id\":\"chatcmpl-broken\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"cont";

    public override string BaseUrl(string origin) => origin + "/v1";

    public override WireCall Read(RawRequest raw)
    {
        var body = raw.Json;
        return (raw.Method, raw.Path) switch
        {
            ("POST", var path) when path.EndsWith("/chat/completions", StringComparison.Ordinal) => new WireCall(SimulatedOperation.Chat)
            {
                Model = body.Text("model") ?? "",
                IsStreaming = body.IsTrue("stream"),
                Messages = [.. body.Get("messages").Items().Select(m => new SimulatedMessage(m.Text("role") ?? "", WireJson.ContentText(m.Get("content"))))],
            },
            ("POST", var path) when path.EndsWith("/embeddings", StringComparison.Ordinal) =>
                new WireCall(SimulatedOperation.Embeddings) { Model = body.Text("model") ?? "" },
            ("GET", var path) when path.EndsWith("/models", StringComparison.Ordinal) => new WireCall(SimulatedOperation.Models),
            _ => new WireCall(SimulatedOperation.Unknown),
        };
    }

    public override string? PresentedKey(SimulatedRequest request) =>
        request.Headers.GetValueOrDefault("api-key") ?? BearerToken.Of(request);

    public override IEnumerable<KeyValuePair<string, string>> Headers(SimulatedRequest request) =>
    [
        new("x-request-id", "req_" + Facts.Id(request, "request")),
        new("openai-organization", "org-simulated"),
        new("openai-processing-ms", "12"),
        new("openai-version", "2020-10-01"),
    ];

    public override WireReply Error(SimulatedRequest request, VendorError error) => OpenAIErrors.Reply(request, error, PresentedKey(request));

    protected override IEnumerable<KeyValuePair<string, string>> LimitHeaders() =>
    [
        new("x-ratelimit-limit-requests", "10000"),
        new("x-ratelimit-remaining-requests", "9999"),
        new("x-ratelimit-reset-requests", "6ms"),
        new("x-ratelimit-limit-tokens", "200000"),
        new("x-ratelimit-remaining-tokens", "199000"),
        new("x-ratelimit-reset-tokens", "300ms"),
    ];

    protected override WireReply Answer(SimulatedRequest request, SimulatedAnswer answer)
    {
        var chat = new OpenAIChat(Facts, request, answer);
        return request.IsStreaming ? WireReply.Stream(new OpenAIChatStream(chat, request, answer).Frames()) : chat.Whole();
    }

    protected override WireReply ReplyOther(SimulatedRequest request) =>
        request.Operation == SimulatedOperation.Embeddings ? OpenAIEmbeddings.Reply(Facts, request) : OpenAIModels.Reply(Facts);

    protected override VendorError? Check(SimulatedRequest request) => base.Check(request) ?? (request switch
    {
        { Operation: SimulatedOperation.Chat or SimulatedOperation.Embeddings, Model: "" } =>
            new VendorError(VendorErrorKind.InvalidRequest) { Message = "you must provide a model parameter" },
        { Operation: SimulatedOperation.Chat, Messages: [] } =>
            new VendorError(VendorErrorKind.InvalidRequest) { Message = "Missing required parameter: 'messages'." },
        _ => null,
    });
}
