using System.Globalization;

namespace FlexiAI.Benchmarks;

/// <summary>The bars that the engine is held to, computed from the figures of one run.</summary>
internal sealed class Bars(IReadOnlyDictionary<string, Figure> figures)
{
    private const string Failover = "OrderedFailoverChatClient";

    // Measured one by one on the machine of the first run.
    private const string CostOfACall =
        "What the peer does not do costs more than half its time: the clock read at both ends of an attempt (54 ns), the dictionary in which the "
        + "answer says who gave it (39 ns), a token of the attempt's own, its record and the request's (40 ns), six counters and the circuit (30 ns).";

    public IEnumerable<Bar> All() =>
    [
        Faster("Circuit closed, enter + settle", "CircuitClosed.FlexiAI(Threads=1)", "Polly.Core", "CircuitClosed.Polly(Threads=1)", 10),
        Faster("Circuit closed, two threads", "CircuitClosed.FlexiAI(Threads=2)", "Polly.Core", "CircuitClosed.Polly(Threads=2)", 10),
        Bytes("Circuit closed, enter + settle", "CircuitClosed.FlexiAI(Threads=1)", null, 0),
        Ratio("Circuit closed, two threads", "CircuitClosed.FlexiAI(Threads=2)", "one thread", "CircuitClosed.FlexiAI(Threads=1)", null, 1.3),
        Faster("Circuit open, refused by value", "CircuitOpen.FlexiAI(Threads=1)", "Polly.Core", "CircuitOpen.Polly(Threads=1)", 5),
        Faster("Circuit open, two threads", "CircuitOpen.FlexiAI(Threads=2)", "Polly.Core", "CircuitOpen.Polly(Threads=2)", 5),
        Bytes("Circuit open, refused by value", "CircuitOpen.FlexiAI(Threads=1)", null, 0),
        Ratio("All healthy, whole call", "HealthyCall.FlexiAI", Failover, "HealthyCall.OrderedFailover", null, 1.5) with { Cause = CostOfACall },
        Ratio("All healthy, added to the bare call", "HealthyCall.FlexiAI", Failover, "HealthyCall.OrderedFailover", "HealthyCall.Bare", 1.5) with { Cause = CostOfACall },
        Bytes("All healthy, added to the bare call", "HealthyCall.FlexiAI", "HealthyCall.Bare", 600),
        Ratio("Primary open, backup answers", "PrimaryOpen.FlexiAI", "Polly fallback + open breaker", "PrimaryOpen.Polly", null, 1.0),
        Ratio("Primary throws, backup answers", "PrimaryThrows.FlexiAI", Failover, "PrimaryThrows.OrderedFailover", null, 1.3),
        Added("Streamed update, there at once", "StreamedUpdate.FlexiAI(Later=False)", "StreamedUpdate.Bare(Later=False)", 60),
        Bytes("Streamed update, there at once", "StreamedUpdate.FlexiAI(Later=False)", "StreamedUpdate.Bare(Later=False)", 0),
        Bytes("Streamed update, coming later", "StreamedUpdate.FlexiAI(Later=True)", "StreamedUpdate.Bare(Later=True)", 0),
        Ratio("Cost growth, 10 providers", "Growth.FlexiAI(Providers=10)", "1 provider", "Growth.FlexiAI(Providers=1)", null, 1.2),
        Ratio("Cost growth, 100 providers", "Growth.FlexiAI(Providers=100)", "1 provider", "Growth.FlexiAI(Providers=1)", null, 1.2),
    ];

    private static string Text(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:#,0.#} {unit}");

    private Bar Faster(string what, string ours, string against, string theirs, double limit) => new(
        what, against, Time(ours), Time(theirs), figures[theirs].Nanoseconds / figures[ours].Nanoseconds, "× faster", limit, AtLeast: true);

    private Bar Ratio(string what, string ours, string against, string theirs, string? bare, double limit)
    {
        var without = bare is null ? 0 : figures[bare].Nanoseconds;
        var (us, them) = (figures[ours].Nanoseconds - without, figures[theirs].Nanoseconds - without);
        return new Bar(what, against, Text(us, "ns"), Text(them, "ns"), us / them, "×", limit);
    }

    private Bar Added(string what, string ours, string bare, double limit) => new(
        what, "the inner client alone", Time(ours), Time(bare), figures[ours].Nanoseconds - figures[bare].Nanoseconds, "ns", limit);

    // Below a tenth of a byte per operation is what one invocation of many operations allocates once.
    private Bar Bytes(string what, string ours, string? bare, double limit)
    {
        var without = bare is null ? 0 : figures[bare].Bytes;
        return new Bar(
            what,
            bare is null ? "–" : "the inner client alone",
            Text(figures[ours].Bytes, "B"),
            bare is null ? "–" : Text(without, "B"),
            Math.Round(figures[ours].Bytes - without, 1),
            "B",
            limit);
    }

    private string Time(string figure) => Text(figures[figure].Nanoseconds, "ns");
}
