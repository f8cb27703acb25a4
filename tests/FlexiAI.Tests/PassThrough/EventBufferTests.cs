using System.Text;

namespace FlexiAI.Tests;

public class EventBufferTests
{
    private const string Plain = ": hello\n\ndata: {\"a\":1}\n\nevent: x\ndata: ä€😀\n\ndata: one\ndata: two\ndata:three\n\ndata\n\nid: 7\n\ndata: [DONE]\n\n";

    public static TheoryData<string> LineEnds => ["\n", "\r\n", "\r"];

    [Theory]
    [MemberData(nameof(LineEnds))]
    public async Task Events_are_the_same_wherever_the_bytes_are_cut(string lineEnd)
    {
        var bytes = Encoding.UTF8.GetBytes(Plain.Replace("\n", lineEnd, StringComparison.Ordinal));
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            var (events, passed) = await ReadAsync([bytes[..cut], bytes[cut..]]);

            Assert.Equal(["-", "{\"a\":1}", "ä€😀", "one\ntwo\nthree", "", "-", "[DONE]"], events);
            Assert.Equal(bytes, passed);
        }
    }

    [Fact]
    public async Task Events_are_the_same_when_every_byte_comes_alone()
    {
        var bytes = Encoding.UTF8.GetBytes(Plain);

        var (events, passed) = await ReadAsync([.. bytes.Select(one => new[] { one })]);

        Assert.Equal(7, events.Count);
        Assert.Equal(bytes, passed);
    }

    [Fact]
    public async Task An_event_larger_than_the_memory_it_began_with_stays_whole()
    {
        var large = new string('x', 300_000);
        var bytes = Encoding.UTF8.GetBytes($"data: a\n\ndata: {large}\ndata: {large}\n\ndata: b\n\n");

        var (events, passed) = await ReadAsync([.. bytes.Chunk(4_000)]);

        Assert.Equal(["a", $"{large}\n{large}", "b"], events);
        Assert.Equal(bytes, passed);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_event_of_very_many_lines_is_joined_in_time_in_proportion_to_it()
    {
        const int Lines = 2_000_000;
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("data:\n", Lines)) + "\n");
        using var events = new EventBuffer();
        using var stream = new MemoryStream(bytes);
        while (!events.TryTake())
        {
            Assert.True(await events.FillAsync(stream, TestContext.Current.CancellationToken));
        }

        Assert.Equal(Lines - 1, events.Data.Length);
    }

    [Fact]
    public async Task The_end_of_the_stream_ends_an_event_that_has_no_empty_line()
    {
        using var events = new EventBuffer();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("data: a\n\ndata: [DONE]"));
        Assert.True(await events.FillAsync(stream, CancellationToken.None));
        Assert.True(events.TryTake());
        Assert.False(events.TryTake());
        Assert.False(await events.FillAsync(stream, CancellationToken.None));

        Assert.True(events.TryTake());

        Assert.Equal("[DONE]", Encoding.UTF8.GetString(events.Data));
        Assert.True(events.EndsWithinEvent);
        Assert.False(events.TryTake());
    }

    [Fact]
    public async Task What_is_kept_back_until_it_is_released_stays_as_it_is_while_more_is_read()
    {
        using var events = new EventBuffer();
        var pieces = Enumerable.Range(0, 500).Select(i => Encoding.UTF8.GetBytes($"data: {new string((char)('a' + (i % 26)), 50)}\n\n")).ToList();
        using var stream = new PiecewiseStream(pieces);
        while (await events.FillAsync(stream, CancellationToken.None))
        {
            while (events.TryTake())
            {
            }
        }

        Assert.Equal(pieces.SelectMany(piece => piece), events.Taken.ToArray());
    }

    private static async Task<(List<string> Events, byte[] Passed)> ReadAsync(IReadOnlyList<byte[]> pieces)
    {
        using var events = new EventBuffer();
        using var stream = new PiecewiseStream(pieces);
        List<string> seen = [];
        List<byte> passed = [];
        do
        {
            while (events.TryTake())
            {
                seen.Add(events.HasData ? Encoding.UTF8.GetString(events.Data) : "-");
            }

            passed.AddRange(events.Taken.ToArray());
            events.Release();
        }
        while (await events.FillAsync(stream, CancellationToken.None));

        while (events.TryTake())
        {
            seen.Add(events.HasData ? Encoding.UTF8.GetString(events.Data) : "-");
        }

        passed.AddRange(events.Taken.ToArray());
        return (seen, [.. passed]);
    }

    /// <summary>Gives each piece to a read of its own.</summary>
    private sealed class PiecewiseStream(IReadOnlyList<byte[]> pieces) : MemoryStream
    {
        private int _next;
        private int _offset;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_next == pieces.Count)
            {
                return new(0);
            }

            var piece = pieces[_next].AsSpan(_offset);
            var count = Math.Min(piece.Length, buffer.Length);
            piece[..count].CopyTo(buffer.Span);
            (_next, _offset) = count == piece.Length ? (_next + 1, 0) : (_next, _offset + count);
            return new(count);
        }
    }
}
