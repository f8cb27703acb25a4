namespace FlexiAI.Testing;

/// <content>Replies with a status 200 that are no answer.</content>
public sealed partial class Fault
{
    private const string Page =
        "<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>Sign in to the network</h1></body></html>";

    /// <summary>An HTML page with status 200, as captive portals and broken proxies send it.</summary>
    /// <returns>The fault.</returns>
    public static Fault Html() => new("HTML") { Instead = exchange => exchange.SendNonsenseAsync("text/html; charset=utf-8", Page) };

    /// <summary>Bytes without sense, said to be what was asked for.</summary>
    /// <param name="bytes">How many, not negative. Default: 5 MiB.</param>
    /// <returns>The fault.</returns>
    public static Fault Garbage(int bytes = 5 * 1024 * 1024)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        return new Fault("garbage") { Instead = exchange => exchange.SendGarbageAsync(bytes) };
    }

    /// <summary>The right answer under the wrong content type, <c>text/plain</c>.</summary>
    /// <returns>The fault.</returns>
    public static Fault WrongContentType() => Played("wrong content type", new PlayPlan { ContentType = "text/plain" });

    /// <summary>Response headers without end, until the client goes away or the provider stops.</summary>
    /// <returns>The fault.</returns>
    public static Fault EndlessHeaders() => new("endless headers") { Instead = exchange => exchange.SendEndlessHeadersAsync() };

    /// <summary>Broken JSON; the first content chunk of a stream.</summary>
    /// <returns>The fault.</returns>
    public static Fault BrokenJson() => BrokenChunkAfter(0);

    /// <summary>The vendor's error object in a status 200.</summary>
    /// <returns>The fault.</returns>
    public static Fault ErrorInside200() => ErrorEventAfter(0);

    /// <summary>Headers that promise the whole body, half of it, and then silence; in a stream, silence before the first token.</summary>
    /// <returns>The fault.</returns>
    public static Fault StalledBody() => StallAfter(0);

    /// <summary>The connection is closed (not reset) within the body: before its <c>Content-Length</c>, or in a stream before its last chunk.</summary>
    /// <param name="tokens">Tokens of a stream sent before, not negative. Default: 0.</param>
    /// <returns>The fault.</returns>
    public static Fault TruncatedBody(int tokens = 0) => BreakAt("truncated body", Breakage.Truncation, tokens);
}
