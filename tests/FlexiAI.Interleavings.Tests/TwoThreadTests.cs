namespace FlexiAI.Tests;

/// <summary>Every schedule of the atomic steps of two threads.</summary>
public class TwoThreadTests
{
    public static TheoryData<string> Situations => Exploration.Situations(threads: 2);

    [Theory]
    [MemberData(nameof(Situations))]
    public void S1_to_S7_HoldAtEachStepOfEverySchedule_OfTwoThreadsWithFourOperations(string situation) => Exploration.Exhaust(situation, Combinations.OfTwo);

    [Fact]
    public void S1_to_S7_HoldAtEachStepOfEverySchedule_OfTwoThreadsWithFourOperationsAtRandom() => Exploration.ExhaustAtRandom(2, 4, times: 100);

    [Fact]
    public void The_situations_are_around_every_arrow_that_is_not_only_a_hand_s() => Assert.Superset(
        new HashSet<(CircuitState, CircuitState)>
        {
            (CircuitState.Closed, CircuitState.Open), (CircuitState.Open, CircuitState.HalfOpen), (CircuitState.HalfOpen, CircuitState.Closed),
            (CircuitState.HalfOpen, CircuitState.Open), (CircuitState.Closed, CircuitState.Isolated), (CircuitState.Isolated, CircuitState.Closed),
        },
        Situation.All.SelectMany(situation => situation.Around).ToHashSet());
}
