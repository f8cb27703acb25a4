using System.Buffers;

namespace FlexiAI;

/// <summary>The body of a request, whole, in memory that goes back to the pool when it is disposed.</summary>
internal sealed class PooledBody : IDisposable
{
    // What a header claims is believed up to here. More is set aside only once this much has really come.
    private const int Believed = 1024 * 1024;
    private const int Unknown = 16 * 1024;

    private readonly int _claimed;
    private byte[]? _buffer;
    private int _length;

    /// <param name="claimed">The length as the caller tells it; null where it does not.</param>
    public PooledBody(long? claimed)
    {
        _claimed = (int)Math.Min(claimed ?? Unknown, Array.MaxLength);
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Clamp(_claimed, 1, Believed));
    }

    /// <summary>The body's bytes, until it is disposed.</summary>
    public ReadOnlyMemory<byte> Memory => new(_buffer ?? throw new ObjectDisposedException(nameof(PooledBody)), 0, _length);

    /// <summary>How many bytes there are.</summary>
    public int Length => _length;

    /// <summary>Adds what has come.</summary>
    public void Append(in ReadOnlySequence<byte> more)
    {
        var length = checked((int)(_length + more.Length));
        var buffer = _buffer ?? throw new ObjectDisposedException(nameof(PooledBody));
        if (length > buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max(Math.Max(_claimed, length), buffer.Length * 2L)));
            buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            _buffer = buffer = larger;
        }

        more.CopyTo(buffer.AsSpan(_length));
        _length = length;
    }

    public void Dispose()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
