using CsCheck;

namespace FlexiAI.Tests;

/// <summary>The steps that the tests of schedules share.</summary>
internal static class Exploration
{
    public static TheoryData<string> Situations(int threads) => [.. Situation.All.Where(situation => threads == 2 || !situation.ForTwo).Select(situation => situation.Name)];

    public static void Exhaust(string name, Func<Situation, IEnumerable<Operation[][]>> combine)
    {
        var situation = Situation.All.Single(other => other.Name == name);
        var breaker = situation.NewBreaker();
        var explorer = new Explorer(breaker, situation.Places);
        foreach (var programs in combine(situation))
        {
            explorer.Explore(situation.Begin(breaker, programs));
        }

        Assert.Superset(situation.Around.ToHashSet(), explorer.Arrows);
    }

    public static void ExhaustAtRandom(int threads, int operations, int times) => Combinations.AtRandom(threads, operations).Sample(
        sample =>
        {
            var breaker = sample.Situation.NewBreaker();
            new Explorer(breaker, sample.Situation.Places).Explore(sample.Situation.Begin(breaker, sample.Programs));
        },
        iter: times,
        threads: 1,
        print: sample => $"{sample.Situation}: {string.Join(" / ", sample.Programs.Select(program => string.Join(", ", program.Select(operation => operation.Name))))}");
}
