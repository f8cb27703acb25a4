namespace FlexiAI.GatewayBench;

/// <summary>Tells the first event with some of the answer from those that only begin a stream.</summary>
internal static class FirstContent
{
    public static bool IsIn(ReadOnlySpan<byte> stream)
    {
        while (stream.IndexOf("\"content\":\""u8) is >= 0 and var at && at + 11 < stream.Length)
        {
            stream = stream[(at + 11)..];
            if (stream[0] != '"')
            {
                return true;
            }
        }

        return false;
    }
}
