using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

/// <summary>A vendor's wire format: understands requests, writes replies.</summary>
internal abstract class Wire(WireFacts facts)
{
    protected WireFacts Facts => facts;

    /// <summary>The property of a whole reply that holds the content.</summary>
    public abstract string ContentProperty { get; }

    /// <summary>The beginning of a chunk that is not JSON.</summary>
    public abstract string BrokenChunk { get; }

    /// <summary>The same in a stream.</summary>
    public virtual Frame BrokenFrame => new(FrameKind.Token, $"data: {BrokenChunk}\n\n");

    protected virtual bool ContinuesPrefill => false;

    public static Wire Create(SimulatedWire wire, WireFacts facts) => wire switch
    {
        SimulatedWire.OpenAI => new OpenAIWire(facts),
        SimulatedWire.Anthropic => new AnthropicWire(facts),
        SimulatedWire.Google => new GoogleWire(facts),
        _ => throw new ArgumentOutOfRangeException(nameof(wire), wire, "The wire must be OpenAI, Anthropic or Google."),
    };

    public abstract string BaseUrl(string origin);

    public abstract WireCall Read(RawRequest raw);

    public abstract string? PresentedKey(SimulatedRequest request);

    public abstract IEnumerable<KeyValuePair<string, string>> Headers(SimulatedRequest request);

    public abstract WireReply Error(SimulatedRequest request, VendorError error);

    public virtual Frame ErrorEvent(SimulatedRequest request) =>
        Frame.Data(FrameKind.Token, Error(request, new VendorError(VendorErrorKind.ServerError)).Body!);

    /// <summary>The reply without faults; an error where the vendor would refuse the request.</summary>
    public WireReply Reply(SimulatedRequest request, Func<SimulatedRequest, SimulatedAnswer> answer)
    {
        if (Check(request) is { } error)
        {
            return Error(request, error);
        }

        var reply = request.Operation == SimulatedOperation.Chat ? Answer(request, GoOn(request, answer(request))) : ReplyOther(request);
        return reply with { Headers = [.. LimitHeaders(), .. reply.Headers] };
    }

    /// <summary>What a vendor tells of its rate limits with a success; with an error it would be a hint when to come back.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string>> LimitHeaders() => [];

    protected abstract WireReply Answer(SimulatedRequest request, SimulatedAnswer answer);

    protected abstract WireReply ReplyOther(SimulatedRequest request);

    protected virtual VendorError? Check(SimulatedRequest request)
    {
        if (request.Operation == SimulatedOperation.Unknown)
        {
            return new VendorError(VendorErrorKind.UnknownPath);
        }

        if (!IsAuthorized(request, out var error))
        {
            return error;
        }

        if (request.Operation is SimulatedOperation.Chat or SimulatedOperation.Embeddings)
        {
            return request.Json is null ? new VendorError(VendorErrorKind.InvalidRequest) { Message = "We could not parse the JSON body of your request." }
                : facts.Options.Model is { } model && model != request.Model ? new VendorError(VendorErrorKind.ModelNotFound)
                : facts.Options.Prefill == SimulatedPrefill.Reject && EndsWithAssistant(request) ? new VendorError(VendorErrorKind.PrefillRejected)
                : null;
        }

        return null;
    }

    protected virtual bool Accepts(string key) => facts.Options.RequiredApiKey is not { } required || required == key;

    protected static bool EndsWithAssistant(SimulatedRequest request) => request.Messages is [.., { Role: "assistant" or "model" }];

    private bool IsAuthorized(SimulatedRequest request, out VendorError? error)
    {
        var key = PresentedKey(request);
        error = facts.Options.RequiredApiKey is null || request.Operation == SimulatedOperation.Token ? null
            : string.IsNullOrWhiteSpace(key) ? new VendorError(VendorErrorKind.MissingApiKey)
            : Accepts(key) ? null
            : new VendorError(VendorErrorKind.InvalidApiKey);
        return error is null;
    }

    private SimulatedAnswer GoOn(SimulatedRequest request, SimulatedAnswer answer)
    {
        var continues = facts.Options.Prefill == SimulatedPrefill.Continue
            || (facts.Options.Prefill == SimulatedPrefill.WireDefault && ContinuesPrefill);
        return continues && EndsWithAssistant(request) && request.Messages[^1].Text is var begin && answer.Text.StartsWith(begin, StringComparison.Ordinal)
            ? answer with { Text = answer.Text[begin.Length..] }
            : answer;
    }
}
