namespace FlexiAI;

/// <summary>
/// A response's body that fails once it is longer than any answer is, so that a provider gone mad cannot fill the memory. For event
/// streams the bound holds for each event and not for the whole: an empty line begins the count anew.
/// </summary>
internal sealed class BoundedStream(Stream inner, long limit, bool perEvent) : Stream
{
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private long _count;
    private bool _lineIsEmpty;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        Count(buffer.AsSpan(offset, read));
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Count(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Count(ReadOnlySpan<byte> read)
    {
        _count += read.Length;
        if (perEvent)
        {
            FindEventEnds(read);
        }

        if (_count > limit)
        {
            throw new InvalidDataException($"The provider sent more than {limit} bytes for one {(perEvent ? "event" : "answer")}.");
        }
    }

    private void FindEventEnds(ReadOnlySpan<byte> read)
    {
        for (var i = 0; i < read.Length; i++)
        {
            var value = read[i];
            if (value == LineFeed)
            {
                if (_lineIsEmpty)
                {
                    _count = read.Length - i - 1;
                }

                _lineIsEmpty = true;
            }
            else if (value != CarriageReturn)
            {
                _lineIsEmpty = false;
            }
        }
    }
}
