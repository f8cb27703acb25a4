using System.Collections.Concurrent;
using CsCheck;

namespace FlexiAI.Tests.Circuits;

/// <summary>Checks something in many random histories, which together must take every arrow there is.</summary>
internal static class Histories
{
    private static readonly (CircuitState From, CircuitState To)[] Arrows =
    [
        (CircuitState.Closed, CircuitState.Open), (CircuitState.Closed, CircuitState.Isolated),
        (CircuitState.Open, CircuitState.Closed), (CircuitState.Open, CircuitState.HalfOpen), (CircuitState.Open, CircuitState.Isolated),
        (CircuitState.HalfOpen, CircuitState.Closed), (CircuitState.HalfOpen, CircuitState.Open), (CircuitState.HalfOpen, CircuitState.Isolated),
        (CircuitState.Isolated, CircuitState.Closed),
    ];

    /// <param name="check">Runs a script, fails if something is wrong with it, and returns its history.</param>
    /// <param name="times">How many scripts.</param>
    public static void Check(Func<CircuitScript, CircuitHistory> check, int times = 400)
    {
        var taken = new ConcurrentDictionary<(CircuitState, CircuitState), bool>();
        CircuitScript.Any.Sample(
            script =>
            {
                foreach (var (from, to, _, _) in check(script).Model.Transitions)
                {
                    taken[(from, to)] = true;
                }
            },
            iter: times,
            threads: 2,
            print: script => script.ToString());
        Assert.Equal(Arrows.Order(), taken.Keys.Order());
    }

    /// <summary>Checks each step of many histories; each gets a check of its own, which may remember.</summary>
    public static void CheckSteps(Func<Action<CircuitStep>> newCheck, int times = 400) => Check(script => new CircuitHistory(script, newCheck()), times);
}
