namespace FlexiAI.Benchmarks;

/// <summary>One run of all benchmarks.</summary>
internal sealed record Run(
    DateTimeOffset Date, string Command, string Machine, string LoadBefore, string LoadAfter, IReadOnlyList<Bar> Bars, IReadOnlyCollection<Figure> Figures);
