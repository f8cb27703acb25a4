namespace FlexiAI.Testing;

/// <content>
/// Breaks within an answer. Each works for whole replies too: those break in the middle of the body. Positions count tokens, words
/// of the answer; a position at or beyond the end of the answer breaks it before its finish reason.
/// </content>
public sealed partial class Fault
{
    /// <summary>The connection is reset (TCP RST) within the answer.</summary>
    /// <param name="tokens">Tokens sent before, not negative.</param>
    /// <returns>The fault.</returns>
    public static Fault CutAfter(int tokens) => BreakAt("cut", Breakage.Reset, tokens);

    /// <summary>The answer ends cleanly within, with neither finish reason nor usage.</summary>
    /// <param name="tokens">Tokens sent before, not negative; <see cref="int.MaxValue"/> for the whole text.</param>
    /// <returns>The fault.</returns>
    public static Fault EndAfter(int tokens) => BreakAt("clean end", Breakage.CleanEnd, tokens);

    /// <summary>The answer falls silent within, until the client goes away or the provider stops.</summary>
    /// <param name="tokens">Tokens sent before, not negative.</param>
    /// <returns>The fault.</returns>
    public static Fault StallAfter(int tokens) => BreakAt("stall", Breakage.Stall, tokens);

    /// <summary>One chunk is not JSON; the answer goes on after it. A whole reply is broken JSON.</summary>
    /// <param name="tokens">Tokens sent before, not negative.</param>
    /// <returns>The fault.</returns>
    public static Fault BrokenChunkAfter(int tokens) => BreakAt("broken chunk", Breakage.BrokenChunk, tokens);

    /// <summary>The vendor's error event within a status 200, and then the end. A whole reply is the error object alone.</summary>
    /// <param name="tokens">Tokens sent before, not negative.</param>
    /// <returns>The fault.</returns>
    public static Fault ErrorEventAfter(int tokens) => BreakAt("error event", Breakage.ErrorEvent, tokens);

    /// <summary>A stream that is complete but for its terminator: no <c>[DONE]</c>, no <c>message_stop</c>. Google has none.</summary>
    /// <returns>The fault.</returns>
    public static Fault WithoutDone() => Played("no terminator", new PlayPlan { OmitDone = true });

    /// <summary>A status 200 with nothing in it.</summary>
    /// <returns>The fault.</returns>
    public static Fault EmptyReply() => Played("empty 200", new PlayPlan { OmitEverything = true });

    /// <summary>A well-formed reply with neither content nor finish reason: no choices, no content blocks, no candidates.</summary>
    /// <returns>The fault.</returns>
    public static Fault NoChoices() => Played("no choices", new PlayPlan { OmitContent = true });

    /// <summary>A pause before every token; a whole reply takes as long altogether.</summary>
    /// <param name="delay">The pause, on the provider's clock; not negative.</param>
    /// <returns>The fault.</returns>
    public static Fault SlowTokens(TimeSpan delay) => new Fault("slow tokens").WithTokenDelay(delay);

    /// <summary>Headers and the chunk of the role come at once, the first token late, the others at full speed.</summary>
    /// <param name="delay">How late, on the provider's clock; not negative.</param>
    /// <returns>The fault.</returns>
    public static Fault SlowFirstToken(TimeSpan delay)
    {
        RejectNegative(delay, nameof(delay));
        return Played("slow first token", new PlayPlan { FirstTokenDelay = delay });
    }

    private static Fault BreakAt(string description, Breakage breakage, int tokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tokens);
        return Played($"{description} after {tokens} tokens", new PlayPlan { Break = breakage, BreakAt = tokens });
    }

    private static Fault Played(string description, PlayPlan plan) => new(description) { Plan = plan };
}
