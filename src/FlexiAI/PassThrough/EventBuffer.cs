using System.Buffers;
using System.Runtime.CompilerServices;

namespace FlexiAI;

/// <summary>Cuts the bytes of a stream into server-sent events without changing any of them.</summary>
/// <remarks>What was read stays in one piece of memory until it is handed on, so that it is passed on as it came.</remarks>
internal sealed class EventBuffer : IDisposable
{
    private const int Begin = 4 * 1024;

    // The largest events hold an image as base64.
    private const int LongestHeld = 64 * 1024 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Begin);
    private int _start;
    private int _taken;
    private int _line;
    private int _searched;
    private int _filled;
    private bool _ended;
    private byte[] _joined = [];

    // The lines of data of the event that is being read; the first stands for itself, more are joined.
    private (int Start, int Length) _data;
    private int _dataLines;

    /// <summary>What was taken and not handed on yet.</summary>
    public ReadOnlyMemory<byte> Taken => _bytes.AsMemory(_start, _taken - _start);

    /// <summary>The data of the event that <see cref="TryTake"/> took.</summary>
    public ReadOnlySpan<byte> Data => _dataLines > 1 ? _joined.AsSpan(0, _data.Length) : _bytes.AsSpan(_data.Start, _data.Length);

    /// <summary>Whether the event that was taken has data; a comment has none.</summary>
    public bool HasData => _dataLines > 0;

    /// <summary>Whether the stream has ended within an event, which is then taken as if it were whole.</summary>
    public bool EndsWithinEvent { get; private set; }

    /// <summary>Hands on what was taken: its memory may be used again.</summary>
    public void Release() => _start = _taken;

    /// <summary>Leaves out what was taken last; nothing more is taken after that.</summary>
    /// <param name="length">The length of what stays.</param>
    public void KeepTaken(int length) => _taken = _start + length;

    /// <summary>Reads more. False at the stream's end.</summary>
    /// <exception cref="AnswerException">An event is too long to be one.</exception>
    public ValueTask<bool> FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (_ended)
        {
            return new(false);
        }

        MakeRoom();
        var read = stream.ReadAsync(_bytes.AsMemory(_filled), cancellationToken);
        return read.IsCompletedSuccessfully ? new(Filled(read.Result)) : WaitAsync(read);
    }

    /// <summary>Takes the next event that is whole.</summary>
    public bool TryTake()
    {
        _dataLines = _line == _taken ? 0 : _dataLines;
        while (NextLine(out var line, out var next))
        {
            _line = next;
            if (line.Length == 0)
            {
                _taken = next;
                return true;
            }

            Read(line);
        }

        // The end of the stream ends the event too: what follows is nothing.
        if (_ended && _filled > _taken)
        {
            Read((_line, _filled - _line));
            _line = _taken = _filled;
            return EndsWithinEvent = true;
        }

        return false;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        if (_joined.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_joined);
            _joined = [];
        }

        (_start, _taken, _line, _searched, _filled, _dataLines, _ended) = (0, 0, 0, 0, 0, 0, true);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WaitAsync(ValueTask<int> read) => Filled(await read.ConfigureAwait(false));

    private bool Filled(int count)
    {
        _filled += count;
        _ended = count == 0;
        return !_ended;
    }

    private bool NextLine(out (int Start, int Length) line, out int next)
    {
        // A line that comes in many pieces is searched once.
        var from = Math.Max(_line, _searched);
        var found = _bytes.AsSpan(from, _filled - from).IndexOfAny((byte)'\n', (byte)'\r');
        var end = found < 0 ? _filled : from + found;
        (line, next, _searched) = ((_line, end - _line), end + 1, end);

        // A carriage return may be half a line end, the other half still on its way.
        if (found < 0 || (_bytes[end] == '\r' && next == _filled && !_ended))
        {
            return false;
        }

        if (_bytes[end] == '\r' && next < _filled && _bytes[next] == '\n')
        {
            next++;
        }

        return true;
    }

    private void Read((int Start, int Length) line)
    {
        var text = _bytes.AsSpan(line.Start, line.Length);
        if (!text.StartsWith("data"u8) || (text.Length > 4 && text[4] != ':'))
        {
            return;
        }

        var value = text.Length <= 5 ? 0 : text[5] == ' ' ? 6 : 5;
        var data = value == 0 ? (line.Start, 0) : (line.Start + value, line.Length - value);
        _dataLines++;
        if (_dataLines == 1)
        {
            _data = data;
            return;
        }

        Join(data);
    }

    private void Join((int Start, int Length) more)
    {
        var so = _dataLines == 2 ? _bytes.AsSpan(_data.Start, _data.Length) : _joined.AsSpan(0, _data.Length);
        var length = so.Length + 1 + more.Length;
        if (_dataLines == 2 || length > _joined.Length)
        {
            // Twice as much, so that an event of very many lines is not copied once for each of them.
            Grow(so, length);
        }

        _joined[so.Length] = (byte)'\n';
        _bytes.AsSpan(more.Start, more.Length).CopyTo(_joined.AsSpan(so.Length + 1));
        _data = (0, length);
    }

    private void Grow(ReadOnlySpan<byte> so, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * length);
        so.CopyTo(larger);
        if (_joined.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_joined);
        }

        _joined = larger;
    }

    private void MakeRoom()
    {
        if (_start == _filled)
        {
            (_start, _taken, _line, _searched, _filled) = (0, 0, 0, 0, 0);
        }

        if (_filled < _bytes.Length)
        {
            return;
        }

        var kept = _filled - _start;
        if (kept > LongestHeld)
        {
            throw new AnswerException(FailureKind.InvalidResponse, "An event of the stream is longer than 64 MiB.");
        }

        // Half full or less, the same memory will do.
        var room = kept > _bytes.Length / 2 ? ArrayPool<byte>.Shared.Rent(_bytes.Length * 2) : _bytes;
        _bytes.AsSpan(_start, kept).CopyTo(room);
        if (room != _bytes)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = room;
        }

        (_data.Start, _taken, _line, _searched, _filled) =
            (_dataLines == 1 ? _data.Start - _start : _data.Start, _taken - _start, _line - _start, Math.Max(0, _searched - _start), kept);
        _start = 0;
    }
}
