using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>What the providers do with a request; its prompt says so.</summary>
internal enum Behaviour
{
    /// <summary>The whole answer at once.</summary>
    Whole,

    /// <summary>The whole answer, a word at a time.</summary>
    Slow,

    /// <summary>No headers, for ever.</summary>
    Silent,

    /// <summary>Headers and start-up updates, and then nothing.</summary>
    NoContent,

    /// <summary>The primary has no headers, the backup answers slowly.</summary>
    LatePrimary,

    /// <summary>Four words and then nothing.</summary>
    Stalls,

    /// <summary>The primary is cut off after four words; the backup goes on slowly.</summary>
    CutThenSlow,

    /// <summary>The primary is cut off after four words; the backup tells no more than those.</summary>
    CutThenStalls,
}

internal static class Behaviours
{
    public const string Answer = "one two three four five six seven eight nine ten eleven twelve";

    public const int WordsBeforeCut = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    public static void Play(SimulatedProvider primary, SimulatedProvider backup)
    {
        (Behaviour When, Fault? Primary, Fault? Backup)[] rows =
        [
            (Behaviour.Slow, Slow(), Slow()),
            (Behaviour.Silent, Fault.Silence(), Fault.Silence()),
            (Behaviour.NoContent, Fault.StallAfter(0), Fault.StallAfter(0)),
            (Behaviour.LatePrimary, Fault.Silence(), Slow()),
            (Behaviour.Stalls, Fault.StallAfter(WordsBeforeCut), Fault.StallAfter(WordsBeforeCut)),
            (Behaviour.CutThenSlow, Fault.CutAfter(WordsBeforeCut), Slow()),
            (Behaviour.CutThenStalls, Fault.CutAfter(WordsBeforeCut), Fault.StallAfter(WordsBeforeCut)),
        ];
        foreach (var (behaviour, first, second) in rows)
        {
            primary.Faults.When(request => IsFor(request, behaviour), first!);
            backup.Faults.When(request => IsFor(request, behaviour), second!);
        }
    }

    private static bool IsFor(SimulatedRequest request, Behaviour behaviour) =>
        request.Messages.Any(message => message.Text == behaviour.ToString());

    private static Fault Slow() => Fault.SlowTokens(Pause);
}
