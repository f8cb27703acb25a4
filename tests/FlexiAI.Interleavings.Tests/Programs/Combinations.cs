using CsCheck;

namespace FlexiAI.Tests;

/// <summary>What the threads do in a situation.</summary>
internal static class Combinations
{
    /// <summary>Two threads with four operations: each pair meets at the beginning; what comes after differs from pair to pair.</summary>
    public static IEnumerable<Operation[][]> OfTwo(Situation situation)
    {
        var all = situation.Operations;
        for (var i = 0; i < all.Count; i++)
        {
            for (var j = i; j < all.Count; j++)
            {
                yield return
                [
                    [all[i], all[0], all[(i + j + 1) % all.Count], all[((2 * i) + j + 2) % all.Count]],
                    [all[j], all[(i + (3 * j)) % all.Count], all[0], all[(i + j) % all.Count]],
                ];
            }
        }
    }

    /// <summary>Three threads with three operations: all that the situation is about, and mixtures.</summary>
    public static IEnumerable<Operation[][]> OfThree(Situation situation)
    {
        var all = situation.Operations;
        var end = new Operation(situation.Around[0].To == CircuitState.Closed ? OperationKind.Success : OperationKind.Failure);
        yield return [[end, all[0], end], [end, all[0], end], [all[0], end]];
        for (var i = 0; i < all.Count; i += 5)
        {
            yield return
            [
                [all[i], all[0], all[(i + 3) % all.Count]],
                [all[(i + 1) % all.Count], all[(i + 5) % all.Count], all[(i + 2) % all.Count]],
                [all[0], all[(i + 2) % all.Count], all[(i + 7) % all.Count]],
            ];
        }
    }

    /// <summary>Any situation, any operations.</summary>
    public static Gen<(Situation Situation, Operation[][] Programs)> AtRandom(int threads, int operations) =>
        from situation in Gen.Int[0, Situation.All.Count - 1].Select(i => Situation.All[i])
        where threads == 2 || situation.ClockMoves == 0
        from programs in Gen.Int[0, situation.Operations.Count - 1].Select(i => situation.Operations[i]).Array[operations].Array[threads]
        select (situation, programs);
}
