using Spectre.Console;

namespace FlexiAI.Cli;

/// <summary>A drill's events in words and colours.</summary>
internal static class DrillMarkup
{
    public static string Request(DrillRequest request)
    {
        var colour = request.Provider is null ? "red" : request.Attempts.Count == 1 ? "green" : "yellow";
        return Escaped(DrillText.Time(request.T)) + FormattableString.Invariant($"  request {request.N,2}  ")
            + $"[{colour}]{Escaped($"{DrillText.Outcome(request),-9}")}[/]  [grey]{Escaped(DrillText.Attempts(request))}[/]";
    }

    public static string Transition(DrillTransition transition) =>
        $"{Escaped(DrillText.Time(transition.T))}  [{ColourOf(transition.To)}]{Escaped(DrillText.Transition(transition))}[/]";

    public static string State(CircuitState state) => State(Words.Of(state));

    public static string State(string state) => $"[{ColourOf(state)}]{Escaped(state)}[/]";

    public static string ColourOf(string state) => state switch { "closed" => "green", "half-open" => "yellow", _ => "red" };

    private static string Escaped(string text) => Markup.Escape(text);
}
