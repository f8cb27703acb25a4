namespace FlexiAI.Testing;

/// <summary>Google's <c>generateContent</c>, with the paths and credentials of the Gemini API and of Vertex AI.</summary>
internal sealed class GoogleWire(WireFacts facts) : Wire(facts)
{
    public override string ContentProperty => "candidates";

    public override string BrokenChunk => "{\"candidates\": [{\"content\": {\"parts\": [{\"te";

    public override string BaseUrl(string origin) => origin;

    public override WireCall Read(RawRequest raw)
    {
        if (raw is { Method: "POST", Path: "/token" })
        {
            return new WireCall(SimulatedOperation.Token);
        }

        var (operation, streamed) = GooglePath.Operation(raw);
        return new WireCall(operation)
        {
            Model = GooglePath.Model(raw.Path),
            IsStreaming = streamed,
            Messages = operation == SimulatedOperation.Chat ? GooglePrompt.Messages(raw.Json) : [],
        };
    }

    public override string? PresentedKey(SimulatedRequest request) =>
        request.Headers.GetValueOrDefault("x-goog-api-key") ?? BearerToken.Of(request) ?? GooglePath.KeyInQuery(request.Query);

    public override IEnumerable<KeyValuePair<string, string>> Headers(SimulatedRequest request) =>
        [new("server-timing", "gfet4t7; dur=12"), new("x-content-type-options", "nosniff"), new("x-xss-protection", "0")];

    public override WireReply Error(SimulatedRequest request, VendorError error) => error.Kind == VendorErrorKind.ContentFiltered
        ? GoogleContent.Blocked(Facts, request)
        : GoogleErrors.Reply(request, error, BearerToken.Of(request) is not null);

    protected override bool Accepts(string key) => base.Accepts(key) || key.StartsWith(GoogleToken.Prefix, StringComparison.Ordinal);

    protected override WireReply Answer(SimulatedRequest request, SimulatedAnswer answer)
    {
        var content = new GoogleContent(Facts, request, answer);
        return !request.IsStreaming ? content.Whole()
            : request.Query.Contains("alt=sse", StringComparison.Ordinal) ? WireReply.Stream(content.Frames())
            : WireReply.Stream(GoogleArray.Of(content.Frames())) with { ContentType = GoogleArray.ContentType };
    }

    protected override WireReply ReplyOther(SimulatedRequest request) => request.Operation switch
    {
        SimulatedOperation.Token => GoogleToken.Reply(Facts, request),
        SimulatedOperation.Embeddings => GoogleEmbeddings.Reply(Facts, request),
        _ => GoogleModels.Reply(Facts),
    };

    protected override VendorError? Check(SimulatedRequest request) => base.Check(request)
        ?? (request is { Operation: SimulatedOperation.Chat, Messages: [] }
            ? new VendorError(VendorErrorKind.InvalidRequest) { Message = "* GenerateContentRequest.contents: contents is not specified" }
            : null);
}
