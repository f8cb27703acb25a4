namespace FlexiAI;

/// <summary>
/// What the wire said during one attempt. The attempt puts one into the flow of its call, and <see cref="HttpExchangeRecorder"/>, below
/// the SDK, fills it in: not every SDK's exceptions carry the status, the headers or the body.
/// </summary>
internal sealed class HttpExchange
{
    private static readonly AsyncLocal<HttpExchange?> Flow = new();

    public static HttpExchange? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    public int? StatusCode { get; set; }

    public IReadOnlyDictionary<string, string>? Headers { get; set; }

    public string? ErrorBody { get; set; }

    /// <summary>Whether a success may be of any media type, not of JSON and event streams alone.</summary>
    public bool TakesAnyType { get; set; }

    public void Forget() => (StatusCode, Headers, ErrorBody) = (null, null, null);
}
