using FlexiAI.Tests.Circuits;

namespace FlexiAI.Tests.Performance;

/// <summary>The circuit's bars of bytes, on the system's clock as in production.</summary>
public class CircuitAllocationTests
{
    private const int Calls = 1_000;

    [Fact]
    public void Entering_and_settling_a_closed_circuit_costs_no_byte()
    {
        var circuit = new CircuitBreaker("bench");

        Assert.Equal(0, Bytes.Of(() =>
        {
            for (var i = 0; i < Calls; i++)
            {
                circuit.TryEnter(CircuitUnderTest.ProbeTimeout, out var permit, out _);
                permit.Success();
            }
        }));
    }

    [Fact]
    public void A_refusal_by_an_open_circuit_costs_no_byte()
    {
        var circuit = new CircuitBreaker("bench", new CircuitBreakerOptions { FailureThreshold = 1 });
        circuit.TryEnter(out var permit);
        permit.Failure();

        Assert.Equal(0, Bytes.Of(() =>
        {
            for (var i = 0; i < Calls; i++)
            {
                Assert.False(circuit.TryEnter(CircuitUnderTest.ProbeTimeout, out _, out _));
            }
        }));
    }
}
