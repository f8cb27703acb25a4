using System.Net;
using System.Net.Http.Headers;

namespace FlexiAI;

/// <summary>A caller's body with another model in the place of its own; no byte is copied before it is sent.</summary>
internal sealed class SplicedContent : HttpContent
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly RawBody _body;
    private readonly ReadOnlyMemory<byte> _before;
    private readonly ReadOnlyMemory<byte> _model;
    private readonly ReadOnlyMemory<byte> _after;

    /// <param name="body">The caller's body.</param>
    /// <param name="model">The model as JSON; null for the caller's own.</param>
    public SplicedContent(RawBody body, byte[]? model)
    {
        _body = body;
        Headers.ContentType = Json;
        if (model is null || body.ModelRange.Equals(default))
        {
            _before = body.Bytes;
            return;
        }

        _before = body.Bytes[..body.ModelRange.Start];
        _model = model;
        _after = body.Bytes[body.ModelRange.End..];
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(!_body.TryHold(), _body);
        try
        {
            await stream.WriteAsync(_before, cancellationToken).ConfigureAwait(false);
            if (_model.Length > 0)
            {
                await stream.WriteAsync(_model, cancellationToken).ConfigureAwait(false);
                await stream.WriteAsync(_after, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _body.Dispose();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _before.Length + _model.Length + _after.Length;
        return true;
    }
}
