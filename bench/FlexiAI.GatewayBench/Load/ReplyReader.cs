using System.Diagnostics;

namespace FlexiAI.GatewayBench;

/// <summary>Reads one reply as a caller does: when its first content came, how many events, and whether it had its end.</summary>
internal sealed class ReplyReader
{
    private static readonly byte[] EndMark = [.. "data: [DONE]\n\n"u8];

    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private readonly byte[] _buffer = new byte[8 * 1024];
    private byte _last;
    private int _matched;

    public TimeSpan FirstContentAfter { get; private set; }

    public long Events { get; private set; }

    public bool IsComplete { get; private set; }

    public async Task ReadAsync(HttpResponseMessage response)
    {
        var isStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        await using var body = await response.Content.ReadAsStreamAsync();
        var held = 0;
        while (await body.ReadAsync(_buffer.AsMemory(held)) is > 0 and var read)
        {
            Take(_buffer.AsSpan(held, read));
            held = FirstContentAfter == TimeSpan.Zero ? LookForContent(held + read) : 0;
        }

        IsComplete = !isStream || _matched == EndMark.Length;
    }

    private int LookForContent(int length)
    {
        if (FirstContent.IsIn(_buffer.AsSpan(0, length)))
        {
            FirstContentAfter = Stopwatch.GetElapsedTime(_startedAt);
            return 0;
        }

        return length < _buffer.Length ? length : 0;
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (var letter in bytes)
        {
            Events += letter == '\n' && _last == '\n' ? 1 : 0;
            _last = letter;
            _matched = _matched < EndMark.Length && letter == EndMark[_matched] ? _matched + 1 : letter == EndMark[0] ? 1 : 0;
        }
    }
}
