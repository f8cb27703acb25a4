namespace FlexiAI.Tests.Circuits;

public class AllocationTests
{
    [Fact]
    public void A_call_through_a_closed_circuit_allocates_nothing()
    {
        var circuit = new CircuitUnderTest();

        Assert.Equal(0, BytesOf(() =>
        {
            circuit.Breaker.TryEnter(CircuitUnderTest.ProbeTimeout, out var permit, out _);
            permit.FirstContent().Success();
            circuit.Breaker.TryEnter(out permit);
            permit.Neutral();
        }));
    }

    [Fact]
    public void A_refusal_by_an_open_circuit_allocates_nothing()
    {
        var circuit = new CircuitUnderTest();
        circuit.Trip();

        Assert.Equal(0, BytesOf(() => circuit.Breaker.TryEnter(CircuitUnderTest.ProbeTimeout, out _, out _)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_refusal_by_a_half_open_circuit_allocates_nothing(int places)
    {
        var (circuit, _) = CircuitUnderTest.HalfOpen(places);
        for (var i = 1; i < places; i++)
        {
            circuit.Enter();
        }

        Assert.Equal(0, BytesOf(() => circuit.Breaker.TryEnter(CircuitUnderTest.ProbeTimeout, out _, out _)));
    }

    [Fact]
    public void A_refusal_by_a_throttled_or_isolated_circuit_allocates_nothing()
    {
        var circuit = new CircuitUnderTest();
        circuit.Breaker.Throttle(TimeSpan.FromSeconds(5));
        Assert.Equal(0, BytesOf(() => circuit.Breaker.TryEnter(CircuitUnderTest.ProbeTimeout, out _, out _)));

        circuit.Breaker.Isolate();
        Assert.Equal(0, BytesOf(() => circuit.Breaker.TryEnter(CircuitUnderTest.ProbeTimeout, out _, out _)));
    }

    private static long BytesOf(Action call)
    {
        call();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            call();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
