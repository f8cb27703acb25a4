namespace FlexiAI.Tests.Circuits;

/// <summary>
/// Two operations, one in the midst of the other: whatever the breaker had read before is stale by the time it writes. The outcome
/// must be that of one after the other, in either order.
/// </summary>
public class InterleavingTests
{
    private static readonly Dictionary<string, Func<CircuitUnderTest, CircuitPermit, string>> Operations = new()
    {
        ["enter"] = (circuit, _) =>
        {
            var admitted = circuit.Breaker.TryEnter(CircuitUnderTest.ProbeTimeout, out var permit, out var refusal);
            return admitted ? $"admitted {permit.Era} {permit.IsProbe}" : $"refused {refusal}";
        },
        ["success"] = (_, permit) => Do(permit.Success),
        ["failure"] = (_, permit) => Do(() => permit.Failure(FailureKind.Network, TimeSpan.FromSeconds(70))),
        ["neutral"] = (_, permit) => Do(permit.Neutral),
        ["content"] = (_, permit) => Do(() => permit.FirstContent()),
        ["isolate"] = (circuit, _) => Do(circuit.Breaker.Isolate),
        ["reset"] = (circuit, _) => Do(circuit.Breaker.Reset),
        ["throttle"] = (circuit, _) => Do(() => circuit.Breaker.Throttle(TimeSpan.FromSeconds(90))),
    };

    private static readonly Dictionary<string, Func<(CircuitUnderTest Circuit, CircuitPermit First, CircuitPermit Second)>> Situations = new()
    {
        ["closed"] = () => Closed(failures: 1),
        ["closed, one failure from opening"] = () => Closed(failures: 2),
        ["closed, throttled until now"] = () =>
        {
            var (circuit, first, second) = Closed(failures: 1);
            circuit.Breaker.Throttle(TimeSpan.FromSeconds(1));
            circuit.Clock.Advance(TimeSpan.FromSeconds(1));
            return (circuit, first, second);
        },
        ["open, its time over"] = () =>
        {
            var (circuit, first, second) = Closed(failures: 0);
            circuit.Trip();
            circuit.Clock.Advance(circuit.RecoveryTimeout);
            return (circuit, first, second);
        },
        ["half-open, one place free"] = () => HalfOpen(places: 3),
        ["half-open, full"] = () => HalfOpen(places: 2),
        ["half-open, one probe lost"] = () => HalfOpen(places: 2, after: CircuitUnderTest.ProbeTimeout - TimeSpan.FromSeconds(1)),
        ["half-open, every probe lost"] = () => HalfOpen(places: 2, after: CircuitUnderTest.ProbeTimeout),
        ["half-open, streaming"] = () =>
        {
            var (circuit, first, second) = HalfOpen(places: 3);
            return (circuit, first.FirstContent(), second);
        },
        ["closed by a stream"] = () =>
        {
            var (circuit, probe) = CircuitUnderTest.HalfOpen();
            return (circuit, probe.FirstContent(), circuit.Enter());
        },
        ["isolated"] = () =>
        {
            var (circuit, first, second) = Closed(failures: 1);
            circuit.Breaker.Isolate();
            return (circuit, first, second);
        },
    };

    public static TheoryData<string, string> Cases() =>
        new(from situation in Situations.Keys from operation in Operations.Keys select (situation, operation));

    [Theory]
    [MemberData(nameof(Cases))]
    public void S6_OneOperationInTheMidstOfAnother_IsAsIfTheyCameOneAfterTheOther(string situation, string operation)
    {
        foreach (var other in Operations.Keys)
        {
            var oneFirst = Run(situation, operation, other, inTheMidstAfter: null);
            var otherFirst = Run(situation, operation, other, inTheMidstAfter: null, swapped: true);
            for (var reads = 0; reads < 4; reads++)
            {
                var outcome = Run(situation, operation, other, reads);

                Assert.True(
                    outcome == oneFirst || outcome == otherFirst,
                    $"{operation} with {other} after {reads} reads: {outcome}\n  {operation} first: {oneFirst}\n  {other} first: {otherFirst}");
            }
        }
    }

    [Fact]
    public void S4_ACircuitThatCameBackToEqualValues_IsNotTakenForTheOneThatWasRead()
    {
        var (circuit, probe) = CircuitUnderTest.HalfOpen();
        probe.Neutral();
        circuit.Enter().Neutral();

        circuit.Clock.InterruptAfter(0, () => circuit.Enter().Neutral());
        var admitted = circuit.Enter();

        circuit.MeetRefusal();
        admitted.Neutral();
        Assert.Equal(0, circuit.Status.LateResults);
    }

    [Theory]
    [MemberData(nameof(EachSituation))]
    public void WouldAdmit_and_RetryAfter_agree_with_the_call_and_the_status(string situation)
    {
        var (circuit, _, _) = Situations[situation]();
        var before = circuit.Status;
        var promised = circuit.Breaker.WouldAdmit;

        Assert.Equal(before.RetryAfter, circuit.Breaker.RetryAfter);
        Assert.Equal(before, circuit.Status);
        Assert.Equal(promised, circuit.Breaker.TryEnter(out _));
        circuit.Breaker.Throttle(TimeSpan.FromSeconds(1));
        Assert.False(circuit.Breaker.WouldAdmit);
    }

    public static TheoryData<string> EachSituation() => [.. Situations.Keys];

    private static (string One, string Other, CircuitStatus Status) Run(string situation, string operation, string other, int? inTheMidstAfter, bool swapped = false)
    {
        var (circuit, first, second) = Situations[situation]();
        string? said = null;
        void Other() => said = Operations[other](circuit, second);
        if (swapped)
        {
            Other();
        }

        if (inTheMidstAfter is { } reads)
        {
            circuit.Clock.InterruptAfter(reads, Other);
        }

        var one = Operations[operation](circuit, first);
        circuit.Clock.InterruptAfter(0, () => { });
        if (said is null)
        {
            Other();
        }

        return (one, said!, circuit.Status with { Options = null! });
    }

    private static (CircuitUnderTest Circuit, CircuitPermit First, CircuitPermit Second) Closed(int failures)
    {
        var circuit = new CircuitUnderTest();
        circuit.Fail(failures);
        return (circuit, circuit.Enter(), circuit.Enter());
    }

    private static (CircuitUnderTest Circuit, CircuitPermit First, CircuitPermit Second) HalfOpen(int places, TimeSpan after = default)
    {
        var (circuit, first) = CircuitUnderTest.HalfOpen(places);
        circuit.Clock.Advance(after == CircuitUnderTest.ProbeTimeout ? default : TimeSpan.FromSeconds(1));
        var second = circuit.Enter();
        circuit.Clock.Advance(after);
        return (circuit, first, second);
    }

    private static string Do(Action act)
    {
        act();
        return "";
    }
}
