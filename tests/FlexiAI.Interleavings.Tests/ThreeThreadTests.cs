namespace FlexiAI.Tests;

/// <summary>Every schedule of the atomic steps of three threads.</summary>
public class ThreeThreadTests
{
    public static TheoryData<string> Situations => Exploration.Situations(threads: 3);

    [Theory]
    [MemberData(nameof(Situations))]
    public void S1_to_S7_HoldAtEachStepOfEverySchedule_OfThreeThreadsWithThreeOperations(string situation) => Exploration.Exhaust(situation, Combinations.OfThree);

    [Fact]
    public void S1_to_S7_HoldAtEachStepOfEverySchedule_OfThreeThreadsWithThreeOperationsAtRandom() => Exploration.ExhaustAtRandom(3, 3, times: 10);
}
