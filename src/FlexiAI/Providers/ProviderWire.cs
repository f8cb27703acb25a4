namespace FlexiAI;

/// <summary>A wire format that requests can already be in.</summary>
public enum WireFormat
{
    /// <summary>OpenAI's: Chat Completions, Embeddings, Responses and the rest under <c>/v1</c>.</summary>
    OpenAI,

    /// <summary>Anthropic's: Messages.</summary>
    Anthropic,
}

/// <summary>How an entry is reached by a request that is in its own wire format already, which passes to it without an SDK.</summary>
public sealed class ProviderWire
{
    private EndpointAddress? _last;

    /// <summary>Describes a wire.</summary>
    /// <param name="format">The format.</param>
    /// <param name="address">What stands before the path of an endpoint, such as <c>https://api.openai.com/v1</c>.</param>
    /// <param name="authorize">Puts the entry's credentials, and what else each request to it needs, into a request's headers.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public ProviderWire(WireFormat format, Uri address, Func<HttpRequestMessage, CancellationToken, ValueTask> authorize)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(authorize);
        Format = format;
        Address = address;
        Authorize = authorize;
    }

    /// <summary>The format.</summary>
    public WireFormat Format { get; }

    /// <summary>What stands before the path of an endpoint.</summary>
    public Uri Address { get; }

    /// <summary>Puts the credentials into a request's headers. A failure is classified as one of the entry's client.</summary>
    public Func<HttpRequestMessage, CancellationToken, ValueTask> Authorize { get; }

    /// <summary>The model that requests for embeddings are made for. Default null: the entry offers none.</summary>
    public string? EmbeddingModel { get; init; }

    /// <summary>The address of an endpoint. That of the last one is kept, since nearly all requests are for the same and reading an address takes its time.</summary>
    /// <param name="path">The endpoint's path, such as <c>/chat/completions</c>.</param>
    internal Uri AddressOf(string path)
    {
        var last = Volatile.Read(ref _last);
        if (last is null || last.Path != path)
        {
            var address = string.Concat(Address.GetLeftPart(UriPartial.Path).AsSpan().TrimEnd('/'), path, Address.Query);
            last = new EndpointAddress(path, new Uri(address));
            Volatile.Write(ref _last, last);
        }

        return last.Address;
    }

    private sealed record EndpointAddress(string Path, Uri Address);
}
