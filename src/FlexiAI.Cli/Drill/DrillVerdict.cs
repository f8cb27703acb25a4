namespace FlexiAI.Cli;

/// <summary>Compares what happened with what must happen.</summary>
internal sealed class DrillVerdict
{
    private static readonly string[] Arrows =
    [
        "closed to open by threshold",
        "open to half-open by probe", "half-open to open by probe",
        "open to half-open by probe", "half-open to closed by probe",
    ];

    private readonly List<string> _surprises = [];

    /// <summary>What went otherwise than it must, in words.</summary>
    public IReadOnlyList<string> Surprises => _surprises;

    public bool Passed => _surprises.Count == 0;

    /// <summary>Each attempt as "provider outcome" or "provider outcome kind".</summary>
    public void Check(DrillRequest request, params string[] expected)
    {
        var actual = request.Attempts.Select(attempt => $"{attempt.Provider} {attempt.Outcome} {attempt.Kind}".TrimEnd());
        Check($"request {request.N}", string.Join(", ", expected), string.Join(", ", actual));
    }

    public void CheckPrimary(string when, int expected, int actual) =>
        Check($"requests that reached openai {when}", Text(expected), Text(actual));

    /// <summary>The circuits' whole history: only the primary's moves, by these arrows.</summary>
    public void Check(IEnumerable<DrillTransition> transitions) => Check(
        "the circuits",
        string.Join("; ", Arrows.Select(arrow => $"openai {arrow}")),
        string.Join("; ", transitions.Select(line => $"{line.Circuit} {line.From} to {line.To} by {line.Cause}")));

    public void Check(string what, string expected, string actual)
    {
        if (expected != actual)
        {
            _surprises.Add($"{what}: expected {expected}, but it was {actual}.");
        }
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
