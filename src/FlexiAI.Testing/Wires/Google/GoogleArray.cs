namespace FlexiAI.Testing;

/// <summary>Without <c>alt=sse</c> a Google stream is one JSON array, sent element by element.</summary>
internal static class GoogleArray
{
    public const string ContentType = "application/json; charset=UTF-8";

    public static IEnumerable<Frame> Of(IEnumerable<Frame> events)
    {
        var separator = "[";
        foreach (var frame in events)
        {
            yield return frame with { Text = separator + frame.Text["data: ".Length..].TrimEnd() };
            separator = ",\r\n";
        }

        yield return new Frame(FrameKind.Done, "]");
    }
}
