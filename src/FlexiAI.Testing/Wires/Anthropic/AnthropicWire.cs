namespace FlexiAI.Testing;

/// <summary>Anthropic's Messages API, as its reference describes it.</summary>
internal sealed class AnthropicWire(WireFacts facts) : Wire(facts)
{
    public override string ContentProperty => "content";

    public override string BrokenChunk => "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"te";

    public override Frame BrokenFrame => new(FrameKind.Token, $"event: content_block_delta\ndata: {BrokenChunk}\n\n");

    protected override bool ContinuesPrefill => true;

    public override string BaseUrl(string origin) => origin;

    public override WireCall Read(RawRequest raw) => (raw.Method, raw.Path) switch
    {
        ("POST", var path) when path.EndsWith("/v1/messages", StringComparison.Ordinal) => new WireCall(SimulatedOperation.Chat)
        {
            Model = raw.Json.Text("model") ?? "",
            IsStreaming = raw.Json.IsTrue("stream"),
            Messages = AnthropicPrompt.Messages(raw.Json),
        },
        ("GET", var path) when path.EndsWith("/v1/models", StringComparison.Ordinal) => new WireCall(SimulatedOperation.Models),
        _ => new WireCall(SimulatedOperation.Unknown),
    };

    public override string? PresentedKey(SimulatedRequest request) =>
        request.Headers.GetValueOrDefault("x-api-key") ?? BearerToken.Of(request);

    public override IEnumerable<KeyValuePair<string, string>> Headers(SimulatedRequest request) =>
    [
        new("request-id", AnthropicErrors.RequestId(Facts, request)),
        new("anthropic-organization-id", "00000000-0000-0000-0000-000000000000"),
    ];

    public override WireReply Error(SimulatedRequest request, VendorError error) => AnthropicErrors.Reply(Facts, request, error);

    public override Frame ErrorEvent(SimulatedRequest request) =>
        Frame.Event(FrameKind.Token, AnthropicErrors.Body(Facts, request, "overloaded_error", "Overloaded"));

    protected override IEnumerable<KeyValuePair<string, string>> LimitHeaders() =>
    [
        new("anthropic-ratelimit-requests-limit", "4000"),
        new("anthropic-ratelimit-requests-remaining", "3999"),
        new("anthropic-ratelimit-requests-reset", AnthropicErrors.Rfc3339(Facts.Now)),
        new("anthropic-ratelimit-tokens-limit", "400000"),
        new("anthropic-ratelimit-tokens-remaining", "399000"),
        new("anthropic-ratelimit-tokens-reset", AnthropicErrors.Rfc3339(Facts.Now)),
    ];

    protected override WireReply Answer(SimulatedRequest request, SimulatedAnswer answer)
    {
        var message = new AnthropicMessage(Facts, request, answer);
        return request.IsStreaming ? WireReply.Stream(new AnthropicStream(message, answer).Frames()) : message.Whole();
    }

    protected override WireReply ReplyOther(SimulatedRequest request) => AnthropicModels.Reply(Facts);

    protected override VendorError? Check(SimulatedRequest request) =>
        base.Check(request) ?? (request.Operation == SimulatedOperation.Chat ? AnthropicPrompt.Check(request) : null);
}
